/* rules.h - what the monitor of an FTP session does when asked. */

#ifndef FTP_RULES_H
#define FTP_RULES_H

#include "lib/monitor.h"

/*
 * MONITOR_CONNECT: number is a port of the client, 1024 or above; the answer's
 * number is 0 and carries a non-blocking socket on its way, or is an errno.
 * MONITOR_ARRIVAL: the complete upload comes with it, and "FTP_PATH=path"; the
 * answer's number is the enum arrival, detail the exit code (the signal, the
 * errno), text the line the program printed, if any.
 * MONITOR_LOGIN: admit.h. Where only logins with a password are served, the
 * first talker may ask nothing else; with FTP_HOSTS it may ask for MONITOR_GUEST,
 * admit.h, and MONITOR_HOST, hosts.h, besides.
 */
extern struct monitor_rule const ftp_rules[];
extern struct monitor_rule const ftp_login_rules[];
extern struct monitor_rule const ftp_host_rules[];

#endif
