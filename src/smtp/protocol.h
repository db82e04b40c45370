/* protocol.h - what the session speaks, by its name: RFC 3848, RFC 6531 4.3. */

#ifndef SMTP_PROTOCOL_H
#define SMTP_PROTOCOL_H

struct session;

/*
 * For "with" in Received and for SMTPPROTO: SMTP, ESMTP, or UTF8SMTP after SMTPUTF8;
 * with an S in TLS,
 * and an A after a login.
 */
extern char const *protocol_name(struct session const *s);

/* 1 if it may be said of some message of s. */
extern int protocol_may(struct session const *s, char const *name);

#endif
