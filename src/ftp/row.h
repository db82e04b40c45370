/* row.h - the lines of a listing, one by one. */

#ifndef FTP_ROW_H
#define FTP_ROW_H

#include <stddef.h>

struct session;

/* The next line of s->listing, CRLF at its end, to line (LISTING_LINE bytes):
 * its length, or 0 at the end or with s->listing.paused set. */
extern size_t row_next(struct session *s, char *line);

#endif
