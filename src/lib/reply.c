/* Replies on the wire: RFC 959 4.2, RFC 5321 4.2. */

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <skalibs/types.h>

#include "lib/reply.h"
#include "lib/safe.h"
#include "lib/wait.h"

static int
put(buffer *b, char const *s, size_t n, tain const *deadline)
{
	for (;;) {
		size_t w = buffer_putnoflush(b, s, n);

		if (w == n) return 1;
		if (!reply_flush(b, deadline)) return 0;
		s += w;
		n -= w;
	}
}

static int
put_line(buffer *b, unsigned int code, char sep, char const *text, tain const *deadline)
{
	char head[UINT_FMT + 1];
	size_t n = uint_fmt(head, code);

	head[n++] = sep;
	return put(b, head, n, deadline) && put(b, text, strlen(text), deadline)
	    && put(b, "\r\n", 2, deadline);
}

int
reply_put(buffer *b, struct reply const *r, tain const *deadline)
{
	return put_line(b, r->code, ' ', r->text, deadline);
}

int
reply_lead(buffer *b, unsigned int code, char const *text, tain const *deadline)
{
	return put_line(b, code, '-', text, deadline);
}

int
reply_body(buffer *b, char const *text, tain const *deadline)
{
	return put(b, " ", 1, deadline) && put(b, text, strlen(text), deadline)
	    && put(b, "\r\n", 2, deadline);
}

/* Until the peer takes more. 1, or 0 with errno set. */
static int
wait_for_room(int fd, tain const *deadline)
{
	struct pollfd x = { .fd = fd, .events = POLLOUT };

	switch (wait_poll(&x, 1, deadline)) {
	case WAIT_READY: return 1;
	case WAIT_OVER: errno = ETIMEDOUT; break;
	case WAIT_ENDED: errno = EINTR; break;
	case WAIT_ERROR: break;
	}
	return 0;
}

ssize_t
reply_send(int fd, struct iovec const *v, unsigned int n)
{
	ssize_t sent = 0;
	unsigned int i;

	for (i = 0; i < n; i++) {
		ssize_t r = send(fd, v[i].iov_base, v[i].iov_len, MSG_DONTWAIT);

		if (r == -1) return sent ? sent : -1;
		sent += r;
		if ((size_t)r < v[i].iov_len) break;
	}
	return sent;
}

/* A reply nearly always fits, in one piece: no poll(2) before it. */
int
reply_flush(buffer *b, tain const *deadline)
{
	struct iovec v[2];
	ssize_t r = 0;

	buffer_rpeek(b, v);
	if (v[0].iov_len && !v[1].iov_len) r = (*b->op)(buffer_fd(b), v, 1);
	if (r > 0) buffer_rseek(b, (size_t)r);
	while (!buffer_flush(b)) {
		if (errno != EAGAIN && errno != EWOULDBLOCK) return 0;
		if (!wait_for_room(buffer_fd(b), deadline)) return 0;
	}
	b->c.p = b->c.n = 0;
	return 1;
}

struct reply const *
reply_fill(struct reply *said, char *space, struct reply const *r, char const *foreign)
{
	size_t before = strcspn(r->text, "%");
	size_t after = r->text[before] ? strlen(r->text + before + 1) : 0;
	size_t n;

	memcpy(space, r->text, before);
	n = before
	    + safe_text(space + before, REPLY_TEXT - before - after, foreign, strlen(foreign));
	memcpy(space + n, r->text + before + (r->text[before] != 0), after + 1);
	said->code = r->code;
	said->text = space;
	return said;
}
