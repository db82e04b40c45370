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
 * Open root, and confine this process to it, or, where every client has to log
 * in with a password first, to its descriptors: after the split, which puts the
 * talker's end of the socket pair on 3. 1, or 0 with the reason in the log:
 * the process must then end.
 */
extern int enclosure_close(struct session *s, char const *root);

#endif
