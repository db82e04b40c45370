/* command.h - a program and its arguments in one variable. */

#ifndef LIB_COMMAND_H
#define LIB_COMMAND_H

#include <stddef.h>

enum {
	COMMAND_TEXT = 1024, /* most bytes, the 0 at its end included */
	COMMAND_WORDS = 256  /* most words */
};

/*
 * The words of s, which is cut up at blanks, without any quoting; at most max of
 * them. Returns their number, max + 1 if there are more.
 */
extern size_t command_split(char *s, char **words, size_t max);

/* 1 if command names a program, within the bounds above. */
extern int command_ok(char const *command);

#endif
