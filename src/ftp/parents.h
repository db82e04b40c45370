/* parents.h - the directory an upload goes to. */

#ifndef FTP_PARENTS_H
#define FTP_PARENTS_H

#include "lib/reply.h"

struct session;

/*
 * Open the directory of s->path as s->upload.dir, and take its name; with
 * FTP_AUTOMKDIR the levels that are missing are made. NULL, or the refusal
 * with nothing left open.
 */
extern struct reply const *parents_open(struct session *s);

/*
 * Make the directories above s->path that are missing, UPLOAD_LEVELS at the
 * most. 1, or 0 with errno set.
 */
extern int parents_make(struct session *s);

#endif
