/* replace.h - the file of users rewritten in one step. */

#ifndef LOGIN_REPLACE_H
#define LOGIN_REPLACE_H

enum replace {
	REPLACE_DONE,
	REPLACE_MISSING, /* there was no such user to be removed */
	REPLACE_BUSY,    /* somebody else has had it locked for long */
	REPLACE_BAD,     /* a line is too long to be one, or holds a NUL */
	REPLACE_ERROR    /* errno says why */
};

/*
 * Put line, without its end, in the place of the line of the user name in
 * file, or at the end; with line NULL remove that user's lines. A file that is
 * not there is made, mode 0600, but not in the place of a symbolic link; one
 * that is keeps owner, group and mode. All other lines stay as they are. Done under a lock on the directory, by a
 * temporary file beside it that is on the disk before it is renamed.
 */
extern enum replace replace(char const *file, char const *name, char const *line);

#endif
