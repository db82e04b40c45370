/* Reading from a client: one system call for what comes soon. */

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/unix-timed.h>

#include "lib/connection.h"

enum {
	REST = 100,            /* milliseconds a read waits by itself: most answers come sooner */
	REST_US = REST * 1000, /* the same in microseconds */
	LOOK = 1               /* seconds of such reads, then a poll */
};

int
connection_prepare(struct connection *c, int sockets)
{
	struct timeval t = { .tv_usec = REST_US };
	int flags = sockets ? fcntl(0, F_GETFL) : -1;

	c->patient = flags != -1 && !(flags & O_NONBLOCK)
	    && setsockopt(0, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t) == 0;
	c->looked = STAMP;
	return c->patient || (ndelay_on(0) != -1 && ndelay_on(1) != -1);
}

int
connection_may_rest(struct connection *c, tain const *deadline)
{
	tain span;
	tain over;

	if (!c->patient) return 0;
	tain_addsec(&over, &c->looked, LOOK);
	if (!tain_future(&over)) {
		c->looked = STAMP;
		return 0;
	}
	tain_from_millisecs(&span, REST);
	tain_add_g(&over, &span);
	return tain_less(&over, deadline);
}

ssize_t
connection_read(struct connection const *c, char *to, size_t room, int rest)
{
	return c->patient ? fd_recv(0, to, room, rest ? 0 : MSG_DONTWAIT) : fd_read(0, to, room);
}

ssize_t
connection_fill(struct connection const *c, buffer *in, int rest)
{
	struct iovec v[2];
	ssize_t r;

	/* From its front it touches no more than it must. */
	if (buffer_isempty(in)) in->c.p = in->c.n = 0;
	buffer_wpeek(in, v);
	r = c->patient ? connection_read(c, v[0].iov_base, v[0].iov_len, rest)
	               : (*in->op)(buffer_fd(in), v, 1);
	if (r > 0) buffer_wseek(in, (size_t)r);
	return r;
}
