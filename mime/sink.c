/* Bytes to a descriptor in large writes. */

#include <string.h>

#include <skalibs/allreadwrite.h>

#include "mime/sink.h"

/* From this size on a write of its own is cheaper than a copy. */
#define DIRECT 16384

int
mime_sink_flush(struct mime_sink *k)
{
	size_t n = k->n;

	k->n = 0;
	return allwrite(k->fd, k->s, n) == n;
}

int
mime_sink_put(struct mime_sink *k, char const *s, size_t n)
{
	if (n > MIME_SINK - k->n || n >= DIRECT) {
		if (k->n > 0 && !mime_sink_flush(k)) return 0;
		if (n >= DIRECT) return allwrite(k->fd, s, n) == n;
	}
	memcpy(k->s + k->n, s, n);
	k->n += n;
	return 1;
}

int
mime_sink_puts(struct mime_sink *k, char const *s)
{
	return mime_sink_put(k, s, strlen(s));
}
