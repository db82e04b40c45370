/* host.h - the name HOST gives: RFC 7151 3. Pure. */

#ifndef FTP_HOST_H
#define FTP_HOST_H

enum { HOST_SPACE = 256 /* bytes that hold any, with its 0 */ };

/* 1 if s is a domain name, an IPv4 address, or an IPv6 address in brackets; no port. */
extern int host_ok(char const *s);

/* 1 if a and b, both host_ok, are the same: in any case, with a final dot or not. */
extern int host_same(char const *a, char const *b);

/* The one spelling of s, which is host_ok: lower case, no final dot. out has HOST_SPACE bytes. */
extern void host_fold(char *out, char const *s);

#endif
