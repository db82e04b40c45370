/* warning.h - what is wrong with a message, said once. Not part of the pure library. */

#ifndef MIME_WARNING_H
#define MIME_WARNING_H

#include "mime/unpack.h"

/*
 * A WARN event: a line on standard error, at most 100 for a message, or the
 * record of -V. Returns 1, or as mime_unpack_fail.
 */
extern int mime_warning(struct mime_unpack *u, struct mime_event const *e);

/* Say how many were not printed. */
extern void mime_warning_rest(struct mime_unpack *u);

/* A line of our own, unless -qq forbids it. */
extern void mime_warning_say(struct mime_unpack *u, char const *text);

/* That a message cannot be had at all, and errno. */
extern void mime_warning_file(struct mime_unpack *u, char const *what);

#endif
