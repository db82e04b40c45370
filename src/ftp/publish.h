/* publish.h - a new file that gets its name when it is complete. */

#ifndef FTP_PUBLISH_H
#define FTP_PUBLISH_H

#include "ftp/upload.h"

/* 1 if files need no name to be made in the directory dir (O_PATH will do). */
extern int publish_nameless(int dir);

/*
 * Open u->fd in u->dir, empty: nameless, with the mode, or where the filesystem
 * or a missing /proc do not allow that, as u->temp, with 0600. 1, or 0 with
 * errno set.
 */
extern int publish_open(struct upload *u, mode_t mode);

/* Give it the mode, if it has another. 1, or 0 with errno set. */
extern int publish_chmod(struct upload *u, mode_t mode);

/*
 * Give the file the name u->name, in one step: in the place of what has it, if
 * u->replace is set; else EEXIST. If u->numbered is set nothing is replaced,
 * and u->name gets a number if it is taken. 1, or 0 with errno set; the file is
 * then still without its name.
 */
extern int publish_link(struct upload *u);

/* Bring the names of a directory, O_PATH, to the disk. 1, or 0 with errno set. */
extern int publish_sync(int dir);

/* A name for it beside the one it may have; EEXIST if something has that. */
extern int publish_as(struct upload const *u, char const *name);

/*
 * rename(2), and EEXIST if something has the new name. Where the file system
 * cannot do that in one step it is looked for just before.
 */
extern int publish_move(int from, char const *old, int to, char const *new);

/* A name for a file until it is complete, that nobody guesses. */
extern void publish_temporary(char *name);

/* 1 if name could be one of these. */
extern int publish_is_temporary(char const *name);

/* Leave no trace of it. */
extern void publish_drop(struct upload *u);

#endif
