/* unpacklimit.h - the limits of mime-unpack: -x name=value. Not part of the pure library. */

#ifndef MIME_UNPACKLIMIT_H
#define MIME_UNPACKLIMIT_H

#include <stdint.h>

enum mime_unpack_limit {
	MIME_X_DEPTH,
	MIME_X_PARTS,
	MIME_X_FILES,
	MIME_X_HEADER,
	MIME_X_FIELD,
	MIME_X_PARAMS,
	MIME_X_BYTES,
	MIME_X_NAME,
	MIME_X_SUM,
	MIME_X_ASCII,
	MIME_X
};

/* All limits to their defaults. */
extern void mime_unpack_limit_defaults(uint64_t *limits);

/*
 * Set what "name=value" says; value may end in k, m or g, and 0 is no limit
 * where that is possible: UINT64_MAX, or the largest value. Returns 0 if there
 * is no such limit or it is out of range.
 */
extern int mime_unpack_limit_set(uint64_t *limits, char const *arg);

#endif
