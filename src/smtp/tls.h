/* tls.h - whether the connection is encrypted, or can be. */

#ifndef SMTP_TLS_H
#define SMTP_TLS_H

struct session;

/*
 * Before the session splits: take what who started it offers or has done (UCSPI-TLS),
 * close all else above 2, and take out of the environment what programs must not
 * believe. S_TLS is set if the connection is TLS already: SMTP_TLS says so, or who
 * ends it does by SSL_PROTOCOL.
 */
extern void tls_take(struct session *s);

/* 1 if STARTTLS may be said. */
extern int tls_offered(struct session const *s);

/* 1 if it should be possible, and is not: the log of who started us says why. */
extern int tls_missing(struct session const *s);

#endif
