/* Bytes between a data connection and a file, step by step. */

#include "ftp/flow.h"
#include "ftp/deadline.h"
#include "ftp/session.h"

enum { LOOK_MS = 20 /* between two looks at the control connection while bytes flow */ };

static enum transfer_end
after_step(enum step step)
{
	switch (step) {
	case STEP_MORE:
	case STEP_AGAIN:
	case STEP_END: break;
	case STEP_BROKEN: return TRANSFER_BROKEN;
	case STEP_FAILED: return TRANSFER_FAILED;
	}
	return TRANSFER_DONE;
}

static enum transfer_end
after_wait(enum wake w)
{
	switch (w) {
	case WAKE_READY: break;
	case WAKE_TIMEOUT: return TRANSFER_STALLED;
	case WAKE_ABORT: return TRANSFER_ABORTED;
	case WAKE_GONE: return TRANSFER_GONE;
	}
	return TRANSFER_DONE;
}

/* The rate is the session's: many small files are no faster than a large one. */
static struct throttle *
throttle_of(struct session *s)
{
	return s->transfer.receiving ? &s->up : &s->down;
}

void
flow_begin(struct session *s)
{
	int rate = s->transfer.receiving ? FTP_RATE_UP : FTP_RATE_DOWN;

	throttle_begin(throttle_of(s), s->policy[rate].number);
}

size_t
flow_most(struct session const *s, size_t n)
{
	return throttle_most(s->transfer.receiving ? &s->up : &s->down, n);
}

void
flow_moved(struct session *s, size_t n)
{
	uint64_t *total = s->transfer.receiving ? &s->totals.received : &s->totals.sent;

	*total += n;
	s->transfer.done += n;
	throttle_spend(throttle_of(s), n);
}

/* Wait until the rate allows another byte. */
static enum transfer_end
pace(struct session *s)
{
	tain until;

	while (!throttle_fill(throttle_of(s), &until)) {
		enum wake w = transfer_wait(s, -1, 0, &until);

		if (w != WAKE_TIMEOUT) return after_wait(w);
	}
	return TRANSFER_DONE;
}

/* The deadline moves when bytes do: NOOPs do not keep a stalled transfer alive. */
static void
move_deadline(struct session const *s, tain *deadline, uint64_t before)
{
	tain_now_g();
	if (s->transfer.done != before) deadline_in(s, s->policy[FTP_STALL].number, deadline);
}

/* Wait for the data connection. */
static enum transfer_end
await(struct session *s, short events, tain const *deadline)
{
	enum wake w = transfer_wait(s, s->transfer.data, events, deadline);

	return deadline_over(s) ? TRANSFER_EXPIRED : after_wait(w);
}

/*
 * Steps first, waits where there is nothing to be had: a stream that flows costs
 * no poll(2) but the one that looks at the control connection now and then.
 */
enum transfer_end
flow_run(struct session *s, short events, transfer_step *step)
{
	tain look = STAMP;
	tain deadline;

	deadline_in(s, s->policy[FTP_STALL].number, &deadline);
	for (;;) {
		uint64_t before = s->transfer.done;
		enum transfer_end end = pace(s);
		enum step now;

		if (end != TRANSFER_DONE) return end;
		now = step(s);
		if (now != STEP_MORE && now != STEP_AGAIN) return after_step(now);
		move_deadline(s, &deadline, before);
		if (now == STEP_AGAIN && tain_future(&look)) continue;
		end = await(s, events, &deadline);
		if (end != TRANSFER_DONE) return end;
		tain_from_millisecs(&look, LOOK_MS);
		tain_add_g(&look, &look);
	}
}
