/* body.h - bodies: data, preambles, epilogues and the delimiters between them. Private. */

#ifndef MIME_BODY_H
#define MIME_BODY_H

#include <stddef.h>

#include "mime/boundary.h"
#include "mime/frame.h"

/* Take some of the n > 0 bytes at s; returns how many. */
extern size_t mime_body(struct mime_parser *p, char const *s, size_t n);

/* The input has ended: what was held is a delimiter or data. */
extern void mime_body_end(struct mime_parser *p);

/* Whether the body of the current stream is an encoded container. */
extern int mime_body_below(struct mime_parser const *p);

/* Start a body: the next byte is at the start of a line. */
extern void mime_body_start(struct mime_parser *p);

/*
 * A delimiter line was read: len bytes with its line end. What it closes is
 * closed, the state after it is set.
 */
extern void mime_body_delimiter(
    struct mime_parser *p, struct mime_delimiter const *d, char const *line, size_t len);

/* n bytes of a leaf, a preamble or an epilogue: given out, and decoded. */
extern void mime_body_data(struct mime_parser *p, char const *s, size_t n);

/* The whole line of n bytes at s is data, and so is the line end before it. */
extern void mime_body_line(struct mime_parser *p, char const *s, size_t n);

/* State GUESS, and the end of the input in it: see mime_body. */
extern size_t mime_guess(struct mime_parser *p, char const *s, size_t n);
extern void mime_guess_end(struct mime_parser *p);

/* State LAZY, and the end of the input in it, which is left only for a delimiter or a part. */
extern size_t mime_lazy(struct mime_parser *p, char const *s, size_t n);
extern void mime_lazy_end(struct mime_parser *p);

/* The same for a leaf, once it is given out: decoded, or the text it is. */
extern void mime_body_decode(struct mime_parser *p, char const *s, size_t n);

/* Text in which uuencoded files are looked for; its start, its bytes and its end. */
extern void mime_uutext_start(struct mime_parser *p);
extern void mime_uutext(struct mime_parser *p, char const *s, size_t n);
extern void mime_uutext_end(struct mime_parser *p);

/*
 * The first line end in s followed by these two bytes: its index, or n. end is
 * LF, or CR. What needs bytes beyond n is not found.
 */
extern size_t mime_scan(char const *s, size_t n, char end, char const *two);

#endif
