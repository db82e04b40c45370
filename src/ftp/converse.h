/* converse.h - the loop of a session: command, reply, command. */

#ifndef FTP_CONVERSE_H
#define FTP_CONVERSE_H

#include <stddef.h>

struct session;

/* Greet, and serve until one side ends it. */
extern void converse(struct session *s);

/*
 * A line of n bytes, its LF included, that came while a transfer waits or
 * runs; next: no other waits before it. 1 if it was served, 0 if it must wait.
 */
extern int converse_meanwhile(struct session *s, char const *line, size_t n, int next);

#endif
