/* packout.h - where mime-pack's message goes. Not part of the pure library. */

#ifndef MIME_PACKOUT_H
#define MIME_PACKOUT_H

#include <stddef.h>
#include <stdint.h>

#include "mime/sink.h"

struct mime_packout {
	int crlf;       /* lines end with CRLF */
	int counting;   /* nothing is written */
	int cr;         /* the last byte was a CR */
	uint64_t bytes; /* of the message so far */
	struct mime_sink sink;
};

/* These return 1, or 0 with errno set. Text is what lines end in as said above. */
extern int mime_packout_put(struct mime_packout *o, char const *s, size_t n);
extern int mime_packout_text(struct mime_packout *o, char const *s, size_t n);
extern int mime_packout_end(struct mime_packout *o);

#endif
