/* ground.h - where something may be made: there, writable, and with room. */

#ifndef MAILDIR_GROUND_H
#define MAILDIR_GROUND_H

struct trouble;

/*
 * Open (O_PATH) the nearest directory that is there on the way to path, and to
 * folder (or NULL) in it: in which what is missing would be made. Root is refused one
 * that is not root's. Returns the descriptor, or -1 with why.
 */
extern int ground_open(char const *path, char const *folder, struct trouble *why);

/* 1 if one more file could be made in dir now, else 0 with why, about path. */
extern int ground_ready(int dir, char const *path, struct trouble *why);

#endif
