/* Command lines: RFC 5321 4.5.3.1.4, RFC 959 5.3.2. */

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

#include "lib/line.h"
#include "lib/reply.h"
#include "lib/wait.h"

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
	memcpy(l->head, l->s, l->n < sizeof l->head ? l->n : sizeof l->head - 1);
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
		if (l->wipe) explicit_bzero(v[0].iov_base, used);
		buffer_rseek(in, used);
	}
	return end;
}

/* All that is to be said, then sleep until there is more, or let the read: LINE_MORE. */
static enum line_end
wait_for_more(buffer *out, tain const *deadline, int rest)
{
	if (!reply_flush(out, deadline)) {
		if (errno == EINTR) return LINE_ENDED;
		return errno == ETIMEDOUT ? LINE_TIMEOUT : LINE_ERROR;
	}
	if (rest) return LINE_MORE;
	switch (wait_readable(0, deadline)) {
	case WAIT_READY: break;
	case WAIT_OVER: return LINE_TIMEOUT;
	case WAIT_ENDED: return LINE_ENDED;
	case WAIT_ERROR: return LINE_ERROR;
	}
	return LINE_MORE;
}

/* A read that rested is followed by a poll(2): the peer is idle, or slow with its line. */
enum line_end
line_get(struct line *l, struct connection *c, buffer *in, buffer *out, tain const *deadline)
{
	int rest = 0;

	for (;;) {
		enum line_end end = take(l, in);
		ssize_t r;

		rest = end == LINE_MORE && l->drained && !rest && connection_may_rest(c, deadline);
		if (end == LINE_MORE && l->drained) end = wait_for_more(out, deadline, rest);
		if (end != LINE_MORE) return end;
		r = connection_fill(c, in, rest);
		l->drained = !buffer_isfull(in);
		if (r == 0) return LINE_EOF;
		if (r == -1 && errno != EAGAIN && errno != EWOULDBLOCK) return LINE_ERROR;
	}
}
