/* header.h - header blocks: lines to fields. Private to the parser's files. */

#ifndef MIME_HEADER_H
#define MIME_HEADER_H

#include <stddef.h>

#include "mime/frame.h"

/* Start the header of a new entity at the current offset. */
extern void mime_header_begin(struct mime_parser *p);

/* States FIELD, JUNK and LAZY: take some of the n > 0 bytes at s; returns how many. */
extern size_t mime_header_field(struct mime_parser *p, char const *s, size_t n);
extern size_t mime_header_junk(struct mime_parser *p, char const *s, size_t n);
extern size_t mime_header_lazy(struct mime_parser *p, char const *s, size_t n);

/* The input has ended in state LAZY: leaves it only if what was held is something. */
extern void mime_header_lazy_end(struct mime_parser *p);

/* The input has ended in state FIELD or JUNK: leaves that state. */
extern void mime_header_end(struct mime_parser *p);

/* Forget the entity before; its defaults hold. */
extern void mime_entity_reset(struct mime_parser *p);

/* A whole unfolded field, n bytes without line end. */
extern void mime_entity_field(struct mime_parser *p, char const *s, size_t n);

/* The header is over: say so to the caller and open what was announced. */
extern void mime_entity_open(struct mime_parser *p);

/* The class of the current part from its header and its parents. */
extern enum mime_class mime_class_find(struct mime_parser const *p);

/* A field name and its colon at s: its length with the colon, 0 if it cannot be one, -1 if
 * n bytes do not tell. */
extern int mime_field_name(char const *s, size_t n);

#endif
