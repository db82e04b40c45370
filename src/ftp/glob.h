/* glob.h - file name patterns, for one component of a path. Pure. */

#ifndef FTP_GLOB_H
#define FTP_GLOB_H

#include <stddef.h>

enum { GLOB_MOST = 255 /* bytes of a pattern; longer ones match nothing */ };

/* 1 if s holds a character that makes it a pattern: one of * ? [ */
extern int glob_is(char const *s);

/*
 * 1 if the m bytes of name match the n bytes of pattern: * any run, ? any byte,
 * [abc] [a-z] [!a] one byte; a [ without its ] is itself. A dot is a byte like
 * any other. Takes n * m steps at most.
 */
extern int glob_match(char const *pattern, size_t n, char const *name, size_t m);

/* 1 if the m bytes of name match one of the patterns in list, between which
 * are blanks or commas. */
extern int glob_any(char const *list, char const *name, size_t m);

#endif
