/* unpacktext.h - text parts in UTF-8: -u. Not part of the pure library. */

#ifndef MIME_UNPACKTEXT_H
#define MIME_UNPACKTEXT_H

#include "mime/unpack.h"

/* A wanted leaf begins: whether and from what it is converted. */
extern void mime_unpack_text_begin(struct mime_unpack *u, struct mime_part const *part);

/* Its bytes, converted or not, to the action. Returns 1, or as mime_unpack_fail. */
extern int mime_unpack_text(struct mime_unpack *u, struct mime_part *part, char const *s, size_t n);

/* The last of it. */
extern int mime_unpack_text_end(struct mime_unpack *u, struct mime_part *part);

#endif
