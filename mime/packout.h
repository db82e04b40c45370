/* packout.h - where mime-pack's message goes. Not part of the pure library. */

#ifndef MIME_PACKOUT_H
#define MIME_PACKOUT_H

#include <stddef.h>

#include "mime/sink.h"

struct mime_packout {
	struct mime_sink sink;
};

/* Both return 1, or 0 with errno set. */
extern int mime_packout_put(struct mime_packout *o, char const *s, size_t n);
extern int mime_packout_end(struct mime_packout *o);

#endif
