/* challenge.h - 334 and what the client says to it: RFC 4954 4. */

#ifndef SMTP_CHALLENGE_H
#define SMTP_CHALLENGE_H

#include <stddef.h>

#include "lib/reply.h"

struct session;

enum { CHALLENGE_LINE = 12288 /* with CRLF: RFC 4954 4 */ };

/*
 * Say ask, hear a line and decode it: *n bytes in s->block, a 0 behind them. 1; or
 * 0 with the reply to AUTH in *r, NULL when there is nobody to say it to. What was
 * heard is in s->block, CHALLENGE_LINE bytes at the most, either way: to be wiped.
 */
extern int challenge(struct session *s, struct reply const *ask, size_t *n, struct reply const **r);

#endif
