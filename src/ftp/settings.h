/* settings.h - what the environment decides about a session. */

#ifndef FTP_SETTINGS_H
#define FTP_SETTINGS_H

struct session;

/*
 * Fill s->policy from the one table. 1, or 0 with one line on descriptor 2
 * that says what does not parse. Variables nobody knows are warned of.
 */
extern int settings_read(struct session *s);

/* What follows from s->policy and s->program: the mode, and the state bits verbs
 * ask for; and who runs it. */
extern void settings_apply(struct session *s);

/*
 * After the split, in the talker: what the monitor has no use for, where both
 * processes would have a copy of the page. Before the walls: it asks for groups.
 */
extern void settings_inside(struct session *s);

#endif
