/* closing.h - how a data connection ends: so that the peer knows what it has. */

#ifndef FTP_CLOSING_H
#define FTP_CLOSING_H

#include "ftp/transfer.h"

struct session;

/*
 * Say that no more comes, and wait until the peer's kernel has all of it, or
 * for 5 seconds; the control connection is served meanwhile. TRANSFER_DONE, or
 * TRANSFER_BROKEN if the peer broke off, or TRANSFER_ABORTED.
 */
extern enum transfer_end closing_wait(struct session *s);

/* close(2) will reset the connection: what the peer has is not the whole. */
extern void closing_reset(int fd);

#endif
