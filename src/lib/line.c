/* Command lines: RFC 5321 4.5.3.1.4, RFC 959 5.3.2. */

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

#include <skalibs/iopause.h>
#include <skalibs/unix-timed.h>

#include "lib/line.h"

static void
keep(struct line *l, char const *in, size_t len)
{
	size_t room = l->max - l->n;

	l->seen += len;
	if (len > room) len = room;
	memcpy(l->s + l->n, in, len);
	l->n += len;
}

/* The bytes kept end with the LF: cut the end off and say what it was. */
static enum line_end
finish(struct line *l)
{
	enum line_end end = LINE_LF;

	l->whole = 1;
	l->n--;
	if (l->n > 0 && l->s[l->n - 1] == '\r') {
		l->n--;
		end = LINE_OK;
	}
	l->s[l->n] = 0;
	return memchr(l->s, 0, l->n) ? LINE_NUL : end;
}

enum line_end
line_feed(struct line *l, char const *in, size_t len, size_t *used)
{
	char const *lf = memchr(in, '\n', len);

	if (l->whole) l->n = l->seen = 0;
	l->whole = 0;
	*used = 0;
	if (l->alien && len && l->seen == 0 && in[0] == l->alien) return LINE_ALIEN;
	*used = lf ? (size_t)(lf - in) + 1 : len;
	keep(l, in, *used);
	if (l->seen > 16 * l->max) return LINE_FLOOD;
	if (!lf) return LINE_MORE;
	if (l->seen <= l->max) return finish(l);
	l->whole = 1;
	l->n = 0;
	l->s[0] = 0;
	return LINE_LONG;
}

/* What the buffer already holds. */
static enum line_end
take(struct line *l, buffer *in)
{
	enum line_end end = LINE_MORE;

	while (end == LINE_MORE && !buffer_isempty(in)) {
		struct iovec v[2];
		size_t used;

		buffer_rpeek(in, v);
		end = line_feed(l, v[0].iov_base, v[0].iov_len, &used);
		buffer_rseek(in, used);
	}
	return end;
}

enum line_end
line_get(struct line *l, buffer *in, buffer *out, tain const *deadline)
{
	iopause_fd x = { .fd = buffer_fd(in), .events = IOPAUSE_READ };

	for (;;) {
		enum line_end end = take(l, in);
		ssize_t r;

		if (end != LINE_MORE) return end;
		r = buffer_fill(in);
		if (r > 0) continue;
		if (r == 0) return LINE_EOF;
		if (errno != EAGAIN && errno != EWOULDBLOCK) return LINE_ERROR;
		if (!buffer_timed_flush_g(out, deadline))
			return errno == ETIMEDOUT ? LINE_TIMEOUT : LINE_ERROR;
		switch (iopause_g(&x, 1, deadline)) {
		case 0: return LINE_TIMEOUT;
		case -1: return LINE_ERROR;
		default: break;
		}
	}
}
