/* room.h - how much may still be stored: FTP_MAXFILE, FTP_MINFREE. */

#ifndef FTP_ROOM_H
#define FTP_ROOM_H

#include <stdint.h>

#include "lib/reply.h"

struct session;

/*
 * Bytes that may still be stored on the filesystem of fd (O_PATH will do):
 * what is free for this user, less FTP_MINFREE. INT64_MAX if it cannot be told.
 */
extern uint64_t room_free(struct session const *s, int fd);

/* The same where the working directory is. */
extern uint64_t room_here(struct session *s);

/*
 * May the directory dir get another name? FTP_MAXENTRIES. 1, or 0 with errno
 * EDQUOT; asked only where a name is new, since all names are read for it.
 */
extern int room_entry(struct session *s, int dir);

/*
 * May s->upload, open, grow to size bytes? NULL, and s->upload.limit is what it
 * may grow to before this has to be asked again; or 552 or 452.
 */
extern struct reply const *room_grow(struct session *s, uint64_t size);

#endif
