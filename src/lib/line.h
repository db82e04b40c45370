/* line.h - bounded command lines from a peer. */

#ifndef LIB_LINE_H
#define LIB_LINE_H

#include <stddef.h>

#include <skalibs/buffer.h>
#include <skalibs/tai.h>

#include "lib/connection.h"

enum line_end {
	LINE_MORE,    /* no whole line yet */
	LINE_OK,      /* a whole line that ended with CRLF */
	LINE_LF,      /* a whole line that ended with a bare LF */
	LINE_NUL,     /* a whole line that holds a NUL; its content is of no use */
	LINE_LONG,    /* over max bytes; the excess was read and dropped */
	LINE_FLOOD,   /* over 16 times max without an end: give up on the peer */
	LINE_ALIEN,   /* it began with the byte alien, which was not taken */
	LINE_EOF,     /* the peer has gone; an unfinished line is dropped */
	LINE_TIMEOUT, /* nothing whole before the deadline */
	LINE_ENDED,   /* SIGTERM came first: see lib/wait.h */
	LINE_ERROR    /* errno says why */
};

/*
 * A line being read. The caller sets s and max once, zeroes the rest, and owns
 * s, which has room for max bytes: the longest line with its end.
 */
struct line {
	char *s;       /* the line without its end, 0-terminated when whole */
	size_t max;    /* bytes s has room for */
	size_t n;      /* length of s */
	size_t seen;   /* bytes of this line read so far, dropped ones included */
	char head[12]; /* LINE_LONG: how the line began, 0-terminated */
	char alien;    /* a first byte that begins no line, seen before its end; 0: none */
	int wipe;      /* line_get: what is taken out of in is wiped there, it may be a secret */
	int whole;     /* the last call ended a line: the next begins anew */
	int drained; /* the last read got all there was: before the next, wait; may be set at first */
};

/*
 * Take bytes of in until a line is whole or all len are taken; *used says how
 * many were. Resumable at every byte, and pure: the result does not depend on
 * how the input is cut. Returns one of the first seven values.
 */
extern enum line_end line_feed(struct line *l, char const *in, size_t len, size_t *used);

/*
 * Read one line from the connection by way of in. out is flushed only when there is
 * nothing left to read, so that the replies to a pipelined batch leave in one write.
 * deadline is absolute. Bytes after the line stay in in.
 */
extern enum line_end line_get(
    struct line *l, struct connection *c, buffer *in, buffer *out, tain const *deadline);

#endif
