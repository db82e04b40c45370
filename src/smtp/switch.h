/* switch.h - the change from the connection as it was to TLS. */

#ifndef SMTP_SWITCH_H
#define SMTP_SWITCH_H

struct session;

/*
 * The 220 of STARTTLS has been said: send it, begin TLS, and forget all that was heard
 * before (RFC 3207 4.2). What the client sent meanwhile is never read. Without TLS the
 * session ends.
 */
extern void starttls_switch(struct session *s);

#endif
