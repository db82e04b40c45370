/* entity.h - reading a field that describes an entity: what such fields have in common. */

#ifndef MIME_ENTITY_H
#define MIME_ENTITY_H

#include <stddef.h>

#include "mime/param.h"
#include "mime/parser.h"

/* Where a file name came from: the higher one wins (R24). */
enum mime_rank {
	MIME_RANK_NONE,
	MIME_RANK_NAME,
	MIME_RANK_NAME_EXTENDED,
	MIME_RANK_FILENAME,
	MIME_RANK_FILENAME_EXTENDED
};

/*
 * The first token of a field, in lower case, at most size - 1 bytes of it;
 * comments, blanks and quotes around it do not count. Returns the bytes read.
 */
extern size_t mime_entity_token(char *out, size_t size, char const *s, size_t n);

/* The parameters in the n bytes at s; they live in p until the next field is read. */
extern void mime_entity_params(
    struct mime_parser *p, struct mime_params *ps, char const *s, size_t n);

/* A name from this field, unless a better one is there; rank is that of the plain form. */
extern void mime_entity_name(
    struct mime_parser *p, struct mime_params const *ps, char const *param, enum mime_rank rank);

/* The value of Content-Type, n bytes at s. */
extern void mime_entity_content_type(struct mime_parser *p, char const *s, size_t n);

#endif
