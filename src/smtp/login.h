/* login.h - who has logged in, as the monitor knows it. */

#ifndef SMTP_LOGIN_H
#define SMTP_LOGIN_H

#include "lib/checker.h"
#include "smtp/sasl.h"

enum {
	LOGIN_SECONDS = 30, /* that the checker may take, or ARRIVAL_TIMEOUT if that is less */
	LOGIN_FAILURES = 3  /* in a session: the last ends it */
};

/* The answer to MONITOR_LOGIN. */
enum login_verdict {
	LOGIN_RIGHT,
	LOGIN_WRONG,
	LOGIN_LATER /* the checker said neither */
};

/* Valid with S_AUTH. */
struct login {
	char name[CHECKER_SECRET]; /* as it was given: no control bytes */
	enum sasl mechanism;
};

#endif
