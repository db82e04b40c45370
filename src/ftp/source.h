/* source.h - what an upload begins with: nothing, the target, or its partial. */

#ifndef FTP_SOURCE_H
#define FTP_SOURCE_H

#include "ftp/upload.h"

/*
 * Open s->upload.fd, at the offset s->upload.base, from which it is written
 * on. at is the restart offset, or 0. The target is continued, or the partial:
 * if there is no target, or if at is the size of the partial and not that of
 * the target. NULL, or the refusal, with no file left open.
 */
extern struct reply const *source_open(struct session *s, enum upload_how how, uint64_t at);

/* The mode of a complete upload. */
extern mode_t source_mode(struct session const *s);

#endif
