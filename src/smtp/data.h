/* data.h - what waits behind DATA: RFC 5321 4.1.1.4, RFC 2920 3.1. */

#ifndef SMTP_DATA_H
#define SMTP_DATA_H

#include "lib/reply.h"

struct session;

/*
 * DATA was read, to be taken or refused: if anything waits behind it on a socket,
 * that may be a message, which must not be read as commands. Then the session ends
 * with the reply returned; else NULL. Files and pipes may hold whole dialogues.
 */
extern struct reply const *data_ahead(struct session *s);

#endif
