/* The one poll loop: data, control, and the monitor. RFC 959 5.2 and 5.4. */

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/closing.h"
#include "ftp/deadline.h"
#include "ftp/events.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/transfer.h"

enum { LOOK_MS = 20 /* between two looks at the control connection while bytes flow */ };

static int
milliseconds(tain const *deadline)
{
	tain left;
	int ms;

	tain_now_g();
	if (!tain_future(deadline)) return 0;
	tain_sub(&left, deadline, &STAMP);
	ms = tain_to_millisecs(&left);
	return ms < 0 ? -1 : ms + 1;
}

/* Something about the control connection. */
static enum wake
attend(struct session *s, short revents)
{
	if (!control_has_room(&s->control) && (revents & (POLLRDHUP | POLLHUP | POLLERR)))
		s->state |= S_GONE;
	else
		control_attend(s);
	if (s->state & S_GONE) return WAKE_GONE;
	return s->state & S_ABORT ? WAKE_ABORT : WAKE_READY;
}

enum wake
transfer_wait(struct session *s, int fd, short events, tain const *deadline)
{
	for (;;) {
		int room = control_has_room(&s->control);
		struct pollfd x[2] = { { .fd = fd, .events = events },
			{ .fd = s->state & S_GONE ? -1 : 0,
			    .events = (short)(POLLRDHUP | (room ? POLLIN : 0)) } };
		int r = poll(x, 2, milliseconds(deadline));

		if (r == -1 && errno != EINTR) return WAKE_TIMEOUT;
		if (r > 0 && x[1].revents) {
			enum wake w = attend(s, x[1].revents);

			if (w != WAKE_READY) return w;
		}
		if (r > 0 && x[0].revents) return WAKE_READY;
		if (milliseconds(deadline) == 0) return WAKE_TIMEOUT;
	}
}

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

size_t
transfer_most(struct session const *s, size_t n)
{
	return throttle_most(s->transfer.receiving ? &s->up : &s->down, n);
}

void
transfer_moved(struct session *s, size_t n)
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
static enum transfer_end
move(struct session *s, short events, transfer_step *step)
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

static void
open_transfer(struct session *s, short events)
{
	struct transfer *t = &s->transfer;

	t->data = -1;
	t->opened = 0;
	t->receiving = events == POLLIN;
	t->active = s->data.mode == DATA_ACTIVE;
	t->brief = 0;
	t->inplace = 0;
	t->code = 0;
	t->done = 0;
	t->failure = &r_local;
	tain_now_g();
	t->began = STAMP;
	throttle_begin(
	    throttle_of(s), s->policy[t->receiving ? FTP_RATE_UP : FTP_RATE_DOWN].number);
	s->state |= S_BUSY;
}

/* An active connection is made before 150, a passive one accepted after it. */
static enum transfer_end
connected(struct session *s, struct reply const *opening)
{
	enum data_mode mode = s->data.mode;
	enum transfer_end end = TRANSFER_DONE;

	if (mode == DATA_ACTIVE) end = (enum transfer_end)data_connect(s);
	if (end != TRANSFER_DONE) return end;
	s->transfer.opened = 1;
	control_say(s, opening);
	/* What was sent right behind the command is here already. */
	control_attend(s);
	if (s->state & S_GONE) return TRANSFER_GONE;
	if (s->state & S_ABORT) return TRANSFER_ABORTED;
	return mode == DATA_PASSIVE ? (enum transfer_end)data_accept(s) : end;
}

enum transfer_end
transfer_run(struct session *s, struct reply const *opening, short events, transfer_step *step)
{
	struct transfer *t = &s->transfer;
	enum transfer_end end;

	open_transfer(s, events);
	end = connected(s, opening);
	if (t->data != -1) {
		if (end == TRANSFER_DONE) end = move(s, events, step);
		if (end == TRANSFER_DONE && events == POLLOUT) end = closing_wait(s);
		if (end != TRANSFER_DONE) closing_reset(t->data);
		fd_close(t->data);
		t->data = -1;
	}
	data_forget(&s->data);
	s->state &= ~(unsigned int)S_BUSY;
	return end;
}

/* What the reply alone would not tell the log. */
static void
note_end_of(struct session *s, enum transfer_end end)
{
	switch (end) {
	case TRANSFER_DONE:
	case TRANSFER_FAILED: break;
	case TRANSFER_NO_DATA: event_why(s, "abort", "no-data", r_no_data.code); break;
	case TRANSFER_BROKEN: event_why(s, "abort", "data-closed", r_broken.code); break;
	case TRANSFER_ABORTED: event_why(s, "abort", "abor", r_aborted.code); break;
	case TRANSFER_GONE: event_why(s, "abort", "control-closed", 0); break;
	case TRANSFER_STALLED: event_why(s, "timeout", "stall", r_stalled.code); break;
	case TRANSFER_EXPIRED: event_why(s, "timeout", "session", r_session_out.code); break;
	}
}

struct reply const *
transfer_reply(struct session *s, enum transfer_end end, struct reply const *complete)
{
	note_end_of(s, end);
	switch (end) {
	case TRANSFER_DONE: return complete;
	case TRANSFER_NO_DATA: return &r_no_data;
	case TRANSFER_BROKEN: return &r_broken;
	case TRANSFER_STALLED: return &r_stalled;
	case TRANSFER_FAILED: return s->transfer.failure;
	case TRANSFER_EXPIRED: return &r_session_out;
	case TRANSFER_GONE: return NULL;
	case TRANSFER_ABORTED: break;
	}
	s->state &= ~(unsigned int)S_ABORT;
	s->transfer.code = s->transfer.opened ? r_aborted.code : r_no_data.code;
	control_say(s, s->transfer.opened ? &r_aborted : &r_no_data);
	return s->transfer.opened ? &r_aborted_ok : &r_nothing_to_abort;
}
