/* boundary.h - the boundaries of the open multiparts. Private to the parser's files. */

#ifndef MIME_BOUNDARY_H
#define MIME_BOUNDARY_H

#include <stddef.h>
#include <stdint.h>

#include "mime/parser.h"

extern uint32_t mime_boundary_hash(char const *s, size_t n);

/* Frame `at`, the innermost one, can be found by its boundary from now on, or no more. */
extern void mime_boundary_link(struct mime_parser *p, unsigned int at);
extern void mime_boundary_unlink(struct mime_parser *p, unsigned int at);

/*
 * Compare a line without its LF with all boundaries of its stream, innermost first, in a time
 * that does not grow with their number; a closed multipart counts too, after
 * all others. own: the boundary that waits in the pool for the entity whose
 * header is being read comes before them.
 */
extern struct mime_delimiter mime_boundary_match(
    struct mime_parser const *p, char const *line, size_t n, int own);

/* Where the next boundary goes in the pool, which has room for n bytes of it. */
extern char *mime_boundary_room(struct mime_parser *p, size_t n);

/* Whether the boundary that waits in the pool is that of an open multipart. */
extern int mime_boundary_taken(struct mime_parser const *p);

/* The length, 1 to 200, of the boundary if the line of n bytes is to be one, or 0. */
extern size_t mime_boundary_likely(char const *line, size_t n);

/* The innermost container has no boundary: it is this one. Needs room in the pool. */
extern void mime_boundary_guess(struct mime_parser *p, char const *s, size_t n);

#endif
