/* environment.h - our environment, changed for a program that is to be run. */

#ifndef LIB_ENVIRONMENT_H
#define LIB_ENVIRONMENT_H

#include <stddef.h>

/*
 * Our environment with changes: len bytes of strings, each ended by a 0, where
 * NAME=value sets, NAME alone takes away, and the last one counts. Points into
 * both, and into space that the next call uses again. NULL with errno set.
 */
extern char const *const *environment_with(char const *changes, size_t len);

#endif
