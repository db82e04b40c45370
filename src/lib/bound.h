/* bound.h - children that do not outlive the process that watches over them. */

#ifndef LIB_BOUND_H
#define LIB_BOUND_H

#include <sys/types.h>

struct child;

/*
 * In a child, before it executes a program: a process group of its own, signals as
 * usual, and SIGKILL when parent dies, which execve(2) keeps. 1, or 0 with errno; it
 * exits if parent has died already.
 */
extern int bound_here(pid_t parent);

/*
 * Start c with out as its descriptor 1, so bound, in *pid. posix_spawn(3) cannot do
 * that. 1, or 0 with errno, of execve(2) too.
 */
extern int bound_spawn(pid_t *pid, struct child const *c, int out);

#endif
