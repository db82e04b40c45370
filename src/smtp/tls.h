/* tls.h - whether the connection is encrypted. */

#ifndef SMTP_TLS_H
#define SMTP_TLS_H

struct session;

/*
 * 1 if the connection that was given is TLS already: SMTP_TLS says so, or a TLS
 * server before us does by SSL_PROTOCOL. One that waits to be asked for TLS has
 * set SSLREADFD, and then SSL_PROTOCOL is of some other connection.
 */
extern int tls_given(struct session const *s);

/* The same, as far as the environment says so. */
extern int tls_environment(void);

#endif
