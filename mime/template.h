/* template.h - the name of a file from what is known of its part: -N. Not part of the pure library. */

#ifndef MIME_TEMPLATE_H
#define MIME_TEMPLATE_H

#include "mime/envelope.h"
#include "mime/part.h"
#include "mime/sum.h"

/* Digits of a sum in a name. */
#define MIME_TEMPLATE_SUM 16

/* Room for an expanded template with its 0. */
#define MIME_TEMPLATE 1024

/* Whether it is not empty, has no slash, and every % is followed by one of n e s t i m h d %. */
extern int mime_template_valid(char const *t);

/* Whether it asks for %letter. */
extern int mime_template_uses(char const *t, char letter);

/*
 * Expand t: name is the safe name of the part, content the sum of its bytes,
 * in hex. Cut at MIME_TEMPLATE - 1 bytes; the result is not safe yet. Returns
 * its length.
 */
extern size_t mime_template(char *out, char const *t, char const *name,
    struct mime_part const *part, struct mime_envelope const *v, char const *content);

#endif
