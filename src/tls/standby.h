/* standby.h - a process that waits for one byte, in one page of memory, to run a program. */

#ifndef TLS_STANDBY_H
#define TLS_STANDBY_H

/*
 * The page (more where the environment is large): the program's path, arguments and
 * environment, and the stack of the process that waits.
 */
struct standby;

/*
 * Copy these; argv[1] is "-i", whose second byte becomes the one that is read. NULL
 * with errno set: ENOSYS on a machine whose system calls are not known here.
 */
extern struct standby *standby_make(
    char const *path, char const *const *argv, char const *const *envp);

/* Where the stack of clone(2) begins, without CLONE_VM. */
extern void *standby_stack(struct standby *s);

/*
 * Only in the child that runs upon that stack. Give back all other memory that was
 * written to, read from fd what a session asks for (control.h), and run the program.
 * Ends with 0 at the end of fd, else with a line on descriptor 2 and 100 (another
 * byte) or 111.
 */
extern _Noreturn void standby_wait(struct standby *s, int fd);

#endif
