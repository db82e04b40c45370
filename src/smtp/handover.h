/* handover.h - a complete message goes to the program. */

#ifndef SMTP_HANDOVER_H
#define SMTP_HANDOVER_H

#include "lib/reply.h"

struct session;

/*
 * Have the program run on the message that the monitor holds under this id;
 * bare: it had a CR or LF alone. Returns the reply to the end of the data. The
 * monitor has forgotten the transaction then.
 */
extern struct reply const *handover(struct session *s, char const *id, int bare);

#endif
