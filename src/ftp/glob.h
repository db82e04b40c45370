/* glob.h - file name patterns, for the last component only. Pure. */

#ifndef FTP_GLOB_H
#define FTP_GLOB_H

/* 1 if s holds a character that makes it a pattern: one of * ? [ */
extern int glob_is(char const *s);

/*
 * 1 if name matches pattern: * any run, ? any byte, [abc] [a-z] [!a] one byte;
 * a [ without its ] is itself. A dot at the beginning of name is matched only
 * by a dot. Takes time in proportion to the product of the lengths at worst.
 */
extern int glob_match(char const *pattern, char const *name);

#endif
