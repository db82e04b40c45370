/* auth.h - AUTH as EHLO and policy see it. */

#ifndef SMTP_AUTH_H
#define SMTP_AUTH_H

struct session;

/* 1 if a client may log in on this connection: there is a checker, and nobody reads along. */
extern int auth_open(struct session const *s);

/* 1 if STARTTLS comes first: then a client may log in. */
extern int auth_wants_tls(struct session const *s);

/* Nobody has logged in any more, in both processes: what TLS that begins asks for, RFC 3207 4.2. */
extern void auth_forget(struct session *s);

#endif
