/*
 * partial.h - what came of an upload that broke off, kept beside the target as
 * ".ftp-part.NAME", mode 0600, for a later REST. Clients see nothing of it but
 * its size.
 */

#ifndef FTP_PARTIAL_H
#define FTP_PARTIAL_H

#include <stddef.h>
#include <stdint.h>

struct session;
struct upload;

/* 1 if partials are kept: FTP_PARTIAL, where the mode is rw and uploads are atomic. */
extern int partial_on(struct session const *s);

/* The partial's name of name to s, which has UPLOAD_NAME bytes; "" if it were too long. */
extern void partial_name(char *s, char const *name);

/* 1 if name is that of a partial. */
extern int partial_is(char const *name);

/*
 * 1 and its size if dir holds the partial part, and it is ours. One that is
 * older than FTP_PARTIAL_AGE is removed.
 */
extern int partial_size(struct session *s, int dir, char const *part, uint64_t *size);

/*
 * Take the partial u->part for this upload alone: as u->temp, open as u->fd.
 * 1, or 0 with errno set; one that is shorter than least by now stays.
 */
extern int partial_claim(struct upload *u, uint64_t least);

/*
 * Make the file u->fd the partial, in the place of an older one; if came is 0 it is
 * given back as it was claimed, otherwise cut to size first. Closes u->fd.
 */
extern void partial_keep(struct upload *u, uint64_t size, int came);

/*
 * Remove from dir what sessions that ended badly left there, under the names they
 * make and older than FTP_PARTIAL_AGE. space (size bytes, aligned for uint64_t) is for
 * reading the directory.
 */
extern void partial_sweep(struct session *s, int dir, char *space, size_t size);

#endif
