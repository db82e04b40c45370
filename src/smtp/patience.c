/* Waiting with the client in view. */

#include <errno.h>

#include <skalibs/iopause.h>

#include "smtp/patience.h"
#include "smtp/session.h"

enum {
	LONGEST = 60, /* seconds: the monitor, which is bounded itself, ends first */
	CLOSED = 2    /* seconds for an answer that may still be wanted, but not for mail */
};

/* Take what is there. 0 at the end of it. */
static int
read_on(struct session *s)
{
	ssize_t r;

	do r = buffer_fill(&s->in);
	while (r > 0 && !buffer_isfull(&s->in));
	return r > 0 || (r == -1 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

int
patience(struct session *s)
{
	iopause_fd x[2] = { { .fd = s->monitor.fd, .events = IOPAUSE_READ }, { .fd = 0 } };
	tain deadline;
	int open = 1;

	if (!reply_flush(&s->out, &s->deadline)) return 0;
	tain_now_g();
	tain_addsec_g(&deadline, LONGEST);
	for (;;) {
		/* A pipe whose writer has gone looks the same as long as it is not read empty. */
		int watched = s->peer.socket;

		x[1].events = open && !buffer_isfull(&s->in) ? IOPAUSE_READ : IOPAUSE_EXCEPT;
		if (iopause_g(x, watched ? 2 : 1, &deadline) <= 0) return 0;
		if (x[0].revents) return 1;
		if (!open || buffer_isfull(&s->in)) return 0;
		open = read_on(s);
		if (!open && buffer_isempty(&s->in)) tain_addsec_g(&deadline, CLOSED);
	}
}
