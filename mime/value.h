/* value.h - values of fields for people and scripts. Not part of the pure library. */

#ifndef MIME_VALUE_H
#define MIME_VALUE_H

#include "mime/sink.h"
#include "mime/walk.h"

/* Names that can be asked for, and bytes kept of one value. */
#define MIME_VALUES 100
#define MIME_VALUE_KEPT 65536

struct mime_values {
	char const *names[MIME_VALUES]; /* 0-terminated */
	unsigned int n;
	unsigned int found; /* values written */
	int bad;            /* something in one could not be decoded */
	int cut;            /* one was longer than MIME_VALUE_KEPT */

	/* private */
	char const *name; /* of the field being read, NULL: not asked for */
	size_t kept;
	char raw[MIME_VALUE_KEPT];
	char text[3 * MIME_VALUE_KEPT];
};

/*
 * Write the values of the fields in the header of k, in its order, one to a
 * line: unfolded, decoded, without blanks at both ends, in UTF-8. If more than
 * one name is asked for, each after its name, a colon and a blank. Returns 1,
 * or 0 with errno set if the input cannot be read, -1 if the output cannot be
 * written.
 */
extern int mime_values_put(struct mime_values *v, struct mime_walk *k, struct mime_sink *out);

/*
 * Write n bytes of UTF-8 safely: a TAB is a blank, and U+FFFD stands for
 * controls, marks that turn the direction of text, and what is not UTF-8.
 * Returns 1, or 0 with errno set.
 */
extern int mime_value_safe(struct mime_sink *out, char const *s, size_t n);

#endif
