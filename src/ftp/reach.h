/* reach.h - the monitor connects to where a client listens. */

#ifndef FTP_REACH_H
#define FTP_REACH_H

#include "lib/monitor.h"

/*
 * The rule of MONITOR_CONNECT. number is the port, the text the address. The
 * answer carries a socket whose connection is under way; number is errno where
 * there is none.
 */
extern enum monitor_result reach_answer(struct session *s, struct monitor_message *m, int *fd);

#endif
