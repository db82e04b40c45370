/* clone.h - the beginning of one file in another. */

#ifndef FTP_CLONE_H
#define FTP_CLONE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Make the empty file to begin with the first n bytes of from: shared with it
 * where the filesystem can. 1, or 0 with errno EOPNOTSUPP or the like.
 */
extern int clone_share(int to, int from, uint64_t n);

/* The same by copying, through space (size bytes) if need be. */
extern int clone_copy(int to, int from, uint64_t n, char *space, size_t size);

#endif
