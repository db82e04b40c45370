/* PASS goes to the monitor, and then the control connection to the second stage. */

#include <poll.h>
#include <string.h>

#include <skalibs/djbunix.h>
#include <skalibs/iopause.h>

#include "ftp/admission.h"
#include "ftp/handover.h"
#include "ftp/session.h"

enum { GRACE = 10 /* seconds: the monitor, which is bounded itself, ends first */ };

/*
 * The line, and what of it is still in the queue it was taken from: before what is
 * read ahead, and behind, where it lay before telnet bytes and lines were taken out.
 */
static void
wipe(struct session *s, char *password)
{
	struct control *c = &s->control;

	explicit_bzero(password, strlen(password));
	explicit_bzero(c->queue, c->at);
	explicit_bzero(c->queue + c->len, sizeof c->queue - c->len);
	explicit_bzero(s->message.text, s->message.len);
}

static int
tell(struct session *s, char *password)
{
	struct monitor_message *m = &s->message;
	int ok;

	monitor_begin(m, password ? MONITOR_LOGIN : MONITOR_GUEST, 0);
	ok = monitor_add(m, s->asked, NULL) && (!password || monitor_add(m, password, NULL))
	    && (!s->policy[FTP_HOSTS].text || monitor_add(m, s->hosted ? s->host : "", NULL))
	    && monitor_tell(&s->monitor, m, -1);
	if (password) wipe(s, password);
	return ok;
}

/* Until the answer is there; 0 if the client goes, which the monitor then sees. */
static int
wait_for_answer(struct session *s)
{
	iopause_fd x[2] = { { .fd = s->monitor.fd, .events = IOPAUSE_READ },
		{ .fd = 0, .events = IOPAUSE_EXCEPT } };
	tain deadline;

	tain_addsec(&deadline, &s->login_by, GRACE);
	/* A pipe whose writer has gone looks the same as long as it is not read empty. */
	if (iopause_g(x, s->peer.socket ? 2 : 1, &deadline) <= 0) return 0;
	return x[0].revents != 0;
}

enum admit
admission(struct session *s, char *password)
{
	enum admit verdict = ADMIT_UNAVAILABLE;
	int socket = -1;

	/* What is left to say must not wait here, nor arrive after the 230. */
	control_flush(s);
	if ((s->state & S_GONE) || !tell(s, password)) return verdict;
	if (!wait_for_answer(s)) {
		s->state |= S_GONE;
		return verdict;
	}
	s->message.kind = password ? MONITOR_LOGIN : MONITOR_GUEST;
	if (monitor_hear(&s->monitor, &s->message, &socket))
		verdict = (enum admit)s->message.number;
	if (verdict == ADMIT_ACCEPTED && (socket == -1 || !handover_give(s, socket)))
		verdict = ADMIT_UNAVAILABLE;
	if (socket != -1) fd_close(socket);
	return verdict;
}
