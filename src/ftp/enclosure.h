/* enclosure.h - the two processes of a session, and the walls around the talker. */

#ifndef FTP_ENCLOSURE_H
#define FTP_ENCLOSURE_H

struct session;

/*
 * Split off a monitor, unless the session can do without. Returns in the
 * talker: 1, or 0 with errno set.
 */
extern int enclosure_split(struct session *s);

/*
 * Open s->root, and confine this process to it, or, where every login leads to
 * a second stage, to its descriptors: after the split, which puts the
 * talker's end of the socket pair on 3. 1, or 0 with the reason in the log:
 * the process must then end.
 */
extern int enclosure_close(struct session *s);

#endif
