/* errors.h - what the client is told about a failed system call. */

#ifndef FTP_ERRORS_H
#define FTP_ERRORS_H

#include "lib/reply.h"

/* The one table from errno to reply; anything unforeseen is 451. */
extern struct reply const *errors_reply(int error);

/* The same, but for the reply when the thing is missing. */
extern struct reply const *errors_or(int error, struct reply const *missing);

#endif
