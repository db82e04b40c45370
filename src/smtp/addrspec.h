/* addrspec.h - a mailbox as a header field has it: RFC 5322 3.4.1. */

#ifndef SMTP_ADDRSPEC_H
#define SMTP_ADDRSPEC_H

#include "smtp/path.h"

/* Room for a mailbox whose every local byte is quoted, and a 0. */
enum { ADDRSPEC_MAX = 2 * MAILBOX_MAX + 3 };

/*
 * Write the mailbox of p to out (ADDRSPEC_MAX bytes), 0-terminated, its local
 * part quoted if it is no dot-atom; "" stays "". Returns the length.
 */
extern size_t addrspec_format(char *out, struct path const *p);

#endif
