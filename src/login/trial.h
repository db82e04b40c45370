/* trial.h - the policy of a user tried out on the program it is for. */

#ifndef LOGIN_TRIAL_H
#define LOGIN_TRIAL_H

enum trial {
	TRIAL_FINE,
	TRIAL_REFUSED, /* the program has said why, on descriptor 2 */
	TRIAL_MISSING, /* there is no such program */
	TRIAL_ERROR    /* errno says why; ECANCELED: it came to no answer */
};

/*
 * What ftp-session, the one beside this program or else the one in PATH, says to
 * these variables and no others: only it knows what values they may have.
 * policy holds KEY=value,KEY=value, as grant of grant.h takes it, and is kept.
 */
extern enum trial trial_run(char const *policy);

#endif
