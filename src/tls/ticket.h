/* ticket.h - session tickets of libtls on OpenSSL. */

#ifndef TLS_TICKET_H
#define TLS_TICKET_H

#include <openssl/ssl.h>

/* The names are the linker's. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
/*
 * Takes the place of SSL_CTX_callback_ctrl when tls-io is linked (--wrap). libtls was
 * written for LibreSSL, where what makes a ticket returns 0 for success; to OpenSSL
 * (SSL_CTX_set_tlsext_ticket_key_cb(3)) 0 says that there is to be none, and no session
 * could ever be resumed.
 */
extern long __wrap_SSL_CTX_callback_ctrl(SSL_CTX *ctx, int what, void (*call)(void));
extern long __real_SSL_CTX_callback_ctrl(SSL_CTX *ctx, int what, void (*call)(void));
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/*
 * From here on this process sends no ticket after a handshake of TLS 1.3. A client that
 * only sends may never read one, and its kernel throws away what it has not sent yet when
 * it closes a connection with something unread in it.
 */
extern void ticket_none(void);

#endif
