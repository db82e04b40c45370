/* received.h - our trace field: RFC 5321 4.4. */

#ifndef SMTP_RECEIVED_H
#define SMTP_RECEIVED_H

#include <stddef.h>
#include <time.h>

struct session;

enum { RECEIVED_MAX = 1200 };

/*
 * Write the Received field, lines ended by LF, to s (RECEIVED_MAX bytes); to is
 * the one recipient or NULL. Every byte that did not come from us is made safe.
 * Returns the length.
 */
extern size_t received_format(
    char *out, struct session const *s, char const *id, char const *to, time_t now);

#endif
