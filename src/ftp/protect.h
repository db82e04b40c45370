/* protect.h - TLS on data connections: RFC 4217 7 and 10. */

#ifndef FTP_PROTECT_H
#define FTP_PROTECT_H

#include "ftp/transfer.h"

struct session;

/*
 * Give s->transfer.data to tls-io and get a socket for the bytes without TLS in its
 * place, when the handshake has succeeded with the same client: TRANSFER_DONE.
 */
extern enum transfer_end protect_begin(struct session *s);

/*
 * All has been sent, or the end of what comes was seen: was it delivered, or was that
 * end one of TLS too (RFC 8446 6.1)? TRANSFER_DONE, or what is wrong.
 */
extern enum transfer_end protect_sent(struct session *s);
extern enum transfer_end protect_received(struct session *s);

#endif
