/* sink.h - bytes to a descriptor in large writes. Not part of the pure library. */

#ifndef MIME_SINK_H
#define MIME_SINK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MIME_SINK 65536

struct mime_sink {
	int fd;
	int framed; /* 1: what is written is netstrings; mime_sink_end closes them */
	size_t n;
	char s[MIME_SINK];
};

/* All return 1, or 0 with errno set. Long pieces are written from where they are. */
extern int mime_sink_put(struct mime_sink *k, char const *s, size_t n);
extern int mime_sink_flush(struct mime_sink *k);

/* There is room for n bytes, at most MIME_SINK, behind what is there. */
extern int mime_sink_room(struct mime_sink *k, size_t n);

/* Put a 0-terminated string; the lengths of literals are known when this is compiled. */
static inline int
mime_sink_puts(struct mime_sink *k, char const *s)
{
	return mime_sink_put(k, s, strlen(s));
}

/* Flush, and if framed write the empty netstring that says that all was written. */
extern int mime_sink_end(struct mime_sink *k);

#endif
