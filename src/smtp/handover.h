/* handover.h - a complete message goes to the program. */

#ifndef SMTP_HANDOVER_H
#define SMTP_HANDOVER_H

#include "lib/reply.h"

struct session;

/*
 * Have the program run on the message that the monitor holds under this id;
 * bare: it had a CR or LF alone. Returns the reply to the end of the data. In
 * LMTP it runs for each RCPT command, and all replies but the last were said.
 */
extern struct reply const *handover(struct session *s, char const *id, int bare);

/* In LMTP: r is for all recipients of a message; say it to all but the last. */
extern void handover_repeat(struct session *s, struct reply const *r);

#endif
