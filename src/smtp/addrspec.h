/* addrspec.h - a mailbox as it is written: RFC 5321 4.1.2, RFC 5322 3.4.1. */

#ifndef SMTP_ADDRSPEC_H
#define SMTP_ADDRSPEC_H

#include "smtp/path.h"

/* Room for a mailbox whose every local byte is quoted, and a 0. */
enum { ADDRSPEC_MAX = 2 * MAILBOX_MAX + 3 };

/*
 * Write mailbox, whose first local bytes are its local part, unquoted, to out,
 * 0-terminated, and that part quoted if it is no dot-atom; "" stays "". out has
 * room for ADDRSPEC_MAX bytes, or for 2 * local + 3 more than the rest. Returns
 * the length.
 */
extern size_t addrspec_format(char *out, char const *mailbox, size_t local);

#endif
