/* mtime.h - the modification time of what a client names. */

#ifndef FTP_MTIME_H
#define FTP_MTIME_H

#include <stdint.h>

#include "lib/reply.h"

struct session;

/* Set it, of the file or directory arg, in seconds since 1970. NULL, or the refusal. */
extern struct reply const *mtime_set(struct session *s, char const *arg, int64_t seconds);

#endif
