/* mailbox.h - local-part "@" domain: RFC 5321 4.1.2. */

#ifndef SMTP_MAILBOX_H
#define SMTP_MAILBOX_H

#include "smtp/path.h"

/*
 * Parse a mailbox, or nothing before a '>' or the end, at s into p->mailbox,
 * p->local and p->domain. rules as for path_parse. Returns what follows it, or
 * NULL if this is no mailbox. Bytes above 0x7F pass.
 */
extern char const *mailbox_parse(struct path *p, char const *s, unsigned int rules);

#endif
