/* breakoff.h - the end of a message that is not whole, and mostly of its session. */

#ifndef SMTP_BREAKOFF_H
#define SMTP_BREAKOFF_H

#include "lib/reply.h"
#include "smtp/intake.h"

struct session;

/*
 * The session ends with half a message: log it with the stage ("data", "bdat"), have
 * the monitor keep what SMTP_PARTIAL asks for, drop the file.
 */
extern void breakoff_log(struct session *s, char const *stage, char const *why);

/* Chunks have come of a message the client does not want any more: log it. */
extern void breakoff_reset(struct session const *s);

/* As breakoff_log, and the session ends because of it. What the client may still be told, or NULL. */
extern struct reply const *breakoff(struct session *s, char const *stage, enum intake_end end);

#endif
