/* lines.h - text made piece by piece and sent over the data connection. */

#ifndef FTP_LINES_H
#define FTP_LINES_H

#include "ftp/transfer.h"

struct session;

/*
 * Send what s->lines holds. STEP_END: all is sent and the buffer is empty
 * again; STEP_MORE: the connection takes no more now; STEP_BROKEN.
 */
extern enum step lines_send(struct session *s);

#endif
