/* Bytes to a descriptor in large writes. */

#include <string.h>
#include <sys/uio.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/uint64.h>

#include "mime/copy.h"
#include "mime/sink.h"

/* From this size on a write of its own is cheaper than a copy. */
#define DIRECT 16384

/* One netstring: the end mark is an empty one, so n is not 0. */
static int
netstring(int fd, char const *s, size_t n)
{
	char head[UINT64_FMT + 1];
	char comma = ',';
	size_t h = uint64_fmt(head, n);
	struct iovec v[3];

	head[h++] = ':';
	v[0] = (struct iovec){ .iov_base = head, .iov_len = h };
	v[1].iov_len = n;
	memcpy(&v[1].iov_base, &s, sizeof s); /* only read from, whatever its type says */
	v[2] = (struct iovec){ .iov_base = &comma, .iov_len = 1 };
	return allwritev(fd, v, 3) == h + n + 1;
}

static int
pass(struct mime_sink *k, char const *s, size_t n)
{
	if (k->framed) return n == 0 || netstring(k->fd, s, n);
	return allwrite(k->fd, s, n) == n;
}

int
mime_sink_flush(struct mime_sink *k)
{
	size_t n = k->n;

	k->n = 0;
	return pass(k, k->s, n);
}

int
mime_sink_room(struct mime_sink *k, size_t n)
{
	return n <= MIME_SINK - k->n || mime_sink_flush(k);
}

int
mime_sink_put(struct mime_sink *k, char const *s, size_t n)
{
	if (n >= DIRECT) return (k->n == 0 || mime_sink_flush(k)) && pass(k, s, n);
	if (!mime_sink_room(k, n)) return 0;
	mime_copy(k->s + k->n, s, n);
	k->n += n;
	return 1;
}

int
mime_sink_end(struct mime_sink *k)
{
	if (!mime_sink_flush(k)) return 0;
	return !k->framed || allwrite(k->fd, "0:,", 3) == 3;
}
