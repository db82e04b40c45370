/* security.h - what is refused without TLS: FTP_TLS. */

#ifndef FTP_SECURITY_H
#define FTP_SECURITY_H

struct session;
struct verb;

/* 1 if TLS must come before a login, which needs a password or does not. */
extern int security_wants_tls(struct session const *s, int password);

/* 1 if row may not be obeyed before TLS. */
extern int security_hides(struct session const *s, struct verb const *row);

/* 1 if data connections must have it, and this one would not. */
extern int security_lacks_tls(struct session const *s);

/* TLS is on for the control connection. */
extern void security_on(struct session *s);

#endif
