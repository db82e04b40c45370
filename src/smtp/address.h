/* address.h - the addresses of the command line. */

#ifndef SMTP_ADDRESS_H
#define SMTP_ADDRESS_H

#include <stddef.h>

enum { ADDRESS_MAX = 512 /* bytes, the 0 included */ };

/*
 * What keeps a from standing between "<" and ">" of a command, or NULL: a
 * control character, a blank, bracket or backslash outside quotes, a quote that
 * does not end, a "-" at its beginning, over ADDRESS_MAX, or nothing at all. Bytes of
 * 0x80 and above are fine if utf8 is set and they are UTF-8. Whether it is a
 * mailbox is the server's business.
 */
extern char const *address_fault(char const *a, int utf8);

/* 1 if there are bytes of 0x80 and above. */
extern int address_eight(char const *a);

/*
 * a, whose local part is bare as in qmail's arguments, with that part quoted
 * if it must be, to out of ADDRESS_MAX bytes. 0 if it does not fit.
 */
extern int address_quote(char *out, char const *a);

#endif
