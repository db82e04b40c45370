/* reply.h - what a session says: three digits and text. */

#ifndef LIB_REPLY_H
#define LIB_REPLY_H

#include <stddef.h>
#include <sys/uio.h>

#include <skalibs/buffer.h>
#include <skalibs/tai.h>

/*
 * One reply. text holds no line end; a '%' in it is the place reply_fill
 * fills. In SMTP text begins with the enhanced status code (RFC 3463).
 */
struct reply {
	unsigned int code; /* 100 to 599 */
	char const *text;  /* 7-bit, but for what reply_fill or reply_path put in */
};

enum { REPLY_TEXT = 512 }; /* room for a filled text, its 0 included */

/*
 * All of these put into b and wait, until deadline, only when b is full.
 * They return 1, or 0 with errno set: the peer is lost (ETIMEDOUT, EPIPE, ...),
 * or SIGTERM came and wait_hold lets it end waits: EINTR.
 *
 * reply_put   "ddd text", the last or only line of a reply
 * reply_lead  "ddd-text", a line before the last
 * reply_body  " text", a line between in the form RFC 959 4.2 allows, for
 *             listings that clients parse (RFC 2389, RFC 3659)
 */
extern int reply_put(buffer *b, struct reply const *r, tain const *deadline);
extern int reply_lead(buffer *b, unsigned int code, char const *text, tain const *deadline);
extern int reply_body(buffer *b, char const *text, tain const *deadline);

/*
 * Write out what was put into b, waiting until deadline. What comes next begins
 * at the front of b's space again: a session touches no more of it than it fills.
 * 1, or 0 with errno set, as above.
 */
extern int reply_flush(buffer *b, tain const *deadline);

/*
 * For buffer_init: writes to a socket as if it were non-blocking, which it need not
 * be. The bytes taken, or -1 with errno set: EAGAIN if it takes none now.
 */
extern ssize_t reply_send(int fd, struct iovec const *v, unsigned int n);

/*
 * r with its '%' replaced by foreign, every unsafe byte of which becomes '?';
 * what does not fit in space is cut. said is filled and returned; it lives as
 * long as space, of REPLY_TEXT bytes, is untouched.
 */
extern struct reply const *reply_fill(
    struct reply *said, char *space, struct reply const *r, char const *foreign);

#endif
