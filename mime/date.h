/* date.h - dates of header fields, RFC 5322 section 3.3. */

#ifndef MIME_DATE_H
#define MIME_DATE_H

#include <stddef.h>
#include <stdint.h>

/* Room for a date with its 0. */
#define MIME_DATE_SIZE 64

/* Write "Tue, 24 Nov 2026 14:35:28 +0000" for seconds since 1970; returns its length. */
extern size_t mime_date_format(char *out, int64_t seconds);

#endif
