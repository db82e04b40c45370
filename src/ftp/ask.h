/* ask.h - a question to the monitor, the control connection being served. */

#ifndef FTP_ASK_H
#define FTP_ASK_H

#include "ftp/transfer.h"

struct session;

/*
 * Send s->message, and fd with it unless that is -1, and wait for the answer,
 * which replaces it; *got is the descriptor that came with it or -1. Returns
 * WAKE_READY; WAKE_ABORT after ABOR (the answer is thrown away when it comes);
 * WAKE_TIMEOUT if there is no monitor or it failed. The control connection
 * ending sets S_GONE and the answer is waited for nevertheless.
 */
extern enum wake ask(struct session *s, int fd, int *got);

/* The same until deadline: WAKE_TIMEOUT then, too. The monitor may be busy with
 * a program that was given up. */
extern enum wake ask_until(struct session *s, int fd, int *got, tain const *deadline);

#endif
