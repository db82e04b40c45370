/* remove.h - a directory, empty or with all that is in it. */

#ifndef FTP_REMOVE_H
#define FTP_REMOVE_H

struct session;

enum {
	REMOVE_DEPTH = 32,  /* levels below the directory */
	REMOVE_MOST = 10000 /* files and directories at once; the next time goes on */
};

/*
 * Remove the directory name of the directory dir and what is in it. Symbolic
 * links are removed, never followed. What FTP_DENY names stays, and so does
 * then what holds it: ENOTEMPTY, as beyond the bounds. 1, or 0 with errno set.
 */
extern int remove_all(struct session *s, int dir, char const *name);

/*
 * Remove the empty directory name of dir. One in which there are only partial
 * uploads is empty for clients, who could never empty it: these go with it.
 * 1, or 0 with errno set.
 */
extern int remove_empty(struct session *s, int dir, char const *name);

#endif
