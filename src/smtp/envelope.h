/* envelope.h - what MAIL and RCPT share. */

#ifndef SMTP_ENVELOPE_H
#define SMTP_ENVELOPE_H

#include "smtp/path.h"

struct session;

/* "FROM" WS* ":" or "TO" WS* ":"; returns what follows, or NULL. */
extern char *envelope_keyword(char *arg, char const *word);

/* Log that the path given to that verb is not as the RFC writes it. */
extern void envelope_odd(struct session const *s, char const *verb, struct path const *p);

#endif
