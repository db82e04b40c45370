/* complete.h - fields a message must have and came without: RFC 6409 8. */

#ifndef SMTP_COMPLETE_H
#define SMTP_COMPLETE_H

#include <stddef.h>
#include <time.h>

#include "smtp/addrspec.h"

struct session;

enum { COMPLETE_MAX = 1024 + ADDRSPEC_MAX };

/*
 * Write those of Date, Message-ID and From to out (COMPLETE_MAX bytes) that
 * s->intake.fields has not seen, lines ended as the message's are; then the empty
 * line, if the header ended without one. Returns the length.
 */
extern size_t complete_format(char *out, struct session const *s, time_t now);

#endif
