/* plain.h - opening a plain file to read it. */

#ifndef FTP_PLAIN_H
#define FTP_PLAIN_H

#include <sys/stat.h>

#include "lib/reply.h"

struct session;

/*
 * Take arg into s->path and open it as s->file, its state in st. NULL, or the
 * refusal, which is the caller's not_plain for anything that is no plain file.
 */
extern struct reply const *plain_open(
    struct session *s, char const *arg, struct reply const *not_plain, struct stat *st);

#endif
