/* admit.h - a login, as the monitor decides it. */

#ifndef FTP_ADMIT_H
#define FTP_ADMIT_H

#include "lib/monitor.h"

/* The answer to MONITOR_LOGIN and MONITOR_GUEST: its number. */
enum admit {
	ADMIT_ACCEPTED, /* the answer carries a socket to what takes the session over */
	ADMIT_REJECTED, /* name or password are wrong */
	ADMIT_UNAVAILABLE
};

/*
 * The rule for MONITOR_LOGIN: two strings, the name and the password, go to
 * the program of FTP_LOGIN, which on success runs this program's second stage
 * in the user's directory. At most SESSION_FAILURES times. With FTP_HOSTS
 * a third string is the host that was chosen, or "".
 */
extern enum monitor_result admit(struct session *s, struct monitor_message *m, int *fd);

/*
 * The rule for MONITOR_GUEST: two strings, a name that is login_anonymous and the
 * host. The second stage is run at once, for the root of that host, or without one
 * for that of the command line. It counts as a login.
 */
extern enum monitor_result admit_guest(struct session *s, struct monitor_message *m, int *fd);

#endif
