/* afterwards.h - descriptors that are closed while the client reads its reply. */

#ifndef FTP_AFTERWARDS_H
#define FTP_AFTERWARDS_H

enum { AFTERWARDS = 4 };

struct session;

struct afterwards {
	unsigned int count;
	int fd[AFTERWARDS];
};

/*
 * Close fd when the reply to this command has left. For what nobody can tell open
 * from closed: a data connection both ends have ended, a file that was only read.
 */
extern void afterwards_close(struct session *s, int fd);

/* Say what is to be said, then close them; before a wait, as a rule. */
extern void afterwards_run(struct session *s);

/* Close them now: something else has to be waited for before the reply. */
extern void afterwards_now(struct session *s);

#endif
