/* domain.h - domains and address literals: RFC 5321 4.1.2 and 4.1.3. */

#ifndef SMTP_DOMAIN_H
#define SMTP_DOMAIN_H

#include <stddef.h>

enum { DOMAIN_MAX = 255, LABEL_MAX = 63 }; /* octets: RFC 5321 4.5.3.1.2, RFC 1035 2.3.4 */

/*
 * 1 if the n bytes of s are a domain or an address literal, [192.0.2.1] or
 * [IPv6:2001:db8::1]. A label may hold an underscore, and begin or end with a
 * hyphen, unless strict. Bytes above 0x7F pass: U-labels (RFC 6531); whether
 * they are UTF-8 is the caller's question. A domain that ends with a dot is none.
 */
extern int domain_ok(char const *s, size_t n, int strict);

#endif
