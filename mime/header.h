/* header.h - header blocks: lines to fields. Private to the parser's files. */

#ifndef MIME_HEADER_H
#define MIME_HEADER_H

#include <stddef.h>

#include "mime/frame.h"

/* Bytes kept until it is known whether they are header: a line, and the name after it. */
#define MIME_UNDECIDED (MIME_QUEUE - 1)

/* Start the header of a new entity at the current offset. */
extern void mime_header_begin(struct mime_parser *p);

/* States FIELD and JUNK: take some of the n > 0 bytes at s; returns how many. */
extern size_t mime_header_field(struct mime_parser *p, char const *s, size_t n);
extern size_t mime_header_junk(struct mime_parser *p, char const *s, size_t n);

/*
 * At the start of a line, when no field waits: fields of one line of which all is there,
 * and the start of the next line; then the empty line, too. Returns their bytes, 0 if the
 * first line is none. What it takes mime_header_field would take all the same, by pieces.
 */
extern size_t mime_header_whole(struct mime_parser *p, char const *s, size_t n);

/* At the start of a line: a line end alone, which ends a header. Returns its bytes, or 0. */
extern size_t mime_header_empty(struct mime_parser *p, char const *s, size_t n);

/* Whether the header is that of a message. */
extern int mime_header_message(struct mime_parser const *p);

/* Whether there are only blanks. */
extern int mime_header_blank(char const *s, size_t n);

/* Bytes of the current line, and whether it is part of the header whatever else comes. */
extern void mime_header_append(struct mime_parser *p, char const *s, size_t n);
extern void mime_header_accept(struct mime_parser *p);

/* The field before the current line is complete; the line moves to the front. */
extern void mime_header_complete(struct mime_parser *p);

/* The current line, n bytes without its line end, belongs to the field. */
extern void mime_header_line(struct mime_parser *p, size_t n);

/* Say something about what began back bytes before what is read next. */
extern void mime_header_note(struct mime_parser *p, enum mime_code code, size_t back);

/* It is none: n bytes, len with its line end. */
extern void mime_header_other(struct mime_parser *p, size_t n, size_t len);

/* The header is over and the n bytes at s, just read, are body. */
extern void mime_header_over(struct mime_parser *p, char const *s, size_t n);

/* The next byte of a line: what is known after it. */
extern enum mime_naming mime_header_naming(enum mime_naming st, char c);

/* The input has ended in state FIELD or JUNK: leaves that state. */
extern void mime_header_end(struct mime_parser *p);

/* Forget the entity before; its defaults hold. */
extern void mime_entity_reset(struct mime_parser *p);

/* A whole unfolded field, n bytes without line end; its place is p->from. */
extern void mime_entity_field(struct mime_parser *p, char const *s, size_t n);

/* One of our own words, shorter than MIME_TYPE_SIZE, as a type. */
extern void mime_entity_type(char *type, char const *word);

/* Whether it is base64 or quoted-printable, which no multipart and no message may have. */
extern int mime_entity_encoded(enum mime_cte cte);

/* The header is over: say so to the caller and open what was announced. */
extern void mime_entity_open(struct mime_parser *p);

/* The same for a message that is a multipart without header. */
extern void mime_entity_headless(struct mime_parser *p);

/* The class of the current part from its header and its parents. */
extern enum mime_class mime_class_find(struct mime_parser const *p);

#endif
