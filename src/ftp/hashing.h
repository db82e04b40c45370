/* hashing.h - the checksum of an open file, the control connection being served. */

#ifndef FTP_HASHING_H
#define FTP_HASHING_H

#include <stdint.h>

struct session;

enum hashing_end {
	HASHING_DONE,
	HASHING_FAILED, /* it could not be read, or became shorter; errno says why */
	HASHING_ABORTED,
	HASHING_EXPIRED, /* FTP_MAXTIME is up */
	HASHING_GONE     /* the control connection ended */
};

/*
 * Add bytes from up to, and without, to of fd to s->digest, which has been
 * begun. Between two steps ABOR, NOOP, STAT and QUIT are served; S_ABORT is
 * left set after an ABOR.
 */
extern enum hashing_end hashing_run(struct session *s, int fd, uint64_t from, uint64_t to);

#endif
