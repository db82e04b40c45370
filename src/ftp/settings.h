/* settings.h - what the environment decides about a session. */

#ifndef FTP_SETTINGS_H
#define FTP_SETTINGS_H

struct session;

/*
 * Fill s->policy from the one table. 1, or 0 with one line on descriptor 2
 * that says what does not parse. Variables nobody knows are warned of.
 */
extern int settings_read(struct session *s);

/* What follows from s->policy and s->program: the mode, the state bits verbs
 * ask for, the user, and a control connection ready to be read. */
extern void settings_apply(struct session *s);

#endif
