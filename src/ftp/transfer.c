/* The one poll loop: data, control, and the monitor. RFC 959 5.2 and 5.4. */

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/afterwards.h"
#include "ftp/closing.h"
#include "ftp/events.h"
#include "ftp/flow.h"
#include "ftp/protect.h"
#include "ftp/replies.h"
#include "ftp/security.h"
#include "ftp/session.h"
#include "ftp/transfer.h"

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
	flow_begin(s);
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

/* The last byte has been moved. */
static enum transfer_end
finished(struct session *s, short events, int private)
{
	if (events == POLLOUT) return private ? protect_sent(s) : closing_wait(s);
	return private ? protect_received(s) : TRANSFER_DONE;
}

/* A reset comes before the reply that tells of it. */
static void
leave(struct session *s, enum transfer_end end)
{
	int fd = s->transfer.data;

	s->transfer.data = -1;
	if (end == TRANSFER_DONE) {
		afterwards_close(s, fd);
		return;
	}
	closing_reset(fd);
	fd_close(fd);
}

enum transfer_end
transfer_run(struct session *s, struct reply const *opening, short events, transfer_step *step)
{
	struct transfer *t = &s->transfer;
	enum transfer_end end;
	int private;

	open_transfer(s, events);
	end = security_lacks_tls(s) ? TRANSFER_CLEAR : connected(s, opening);
	private = end == TRANSFER_DONE && (s->state & S_PRIVATE);
	if (private) end = protect_begin(s);
	if (t->data != -1) {
		if (end == TRANSFER_DONE) end = flow_run(s, events, step);
		if (end == TRANSFER_DONE) end = finished(s, events, private);
		leave(s, end);
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
	case TRANSFER_CLEAR: event_why(s, "abort", "data-clear", r_data_clear.code); break;
	case TRANSFER_NO_TLS: event_why(s, "abort", "data-tls", r_data_tls.code); break;
	case TRANSFER_FOREIGN: event_why(s, "abort", "not-resumed", r_data_foreign.code); break;
	case TRANSFER_CUT: event_why(s, "abort", "data-cut", r_broken.code); break;
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
	case TRANSFER_CLEAR: return &r_data_clear;
	case TRANSFER_NO_TLS: return &r_data_tls;
	case TRANSFER_FOREIGN: return &r_data_foreign;
	case TRANSFER_CUT:
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
