/* seal.h - a file that another of our processes has written stands still while it is read. */

#ifndef LIB_SEAL_H
#define LIB_SEAL_H

#include <sys/resource.h>
#include <sys/types.h>

struct seal {
	pid_t writer;         /* 0: none */
	struct rlimit before; /* of its files; valid while sealed */
	int sealed;
};

/*
 * From now on writer, a child of ours, can write no regular file, a log neither, and
 * what it is writing has been written: it may hold fd too, and whoever looks at a file
 * twice must see the same. writer 0: as it is. Returns a descriptor of the same file at
 * offset 0, read-only and close-on-exec, whose offset is nobody else's, the caller's to
 * close; without /proc a duplicate of fd. -1 with errno.
 */
extern int seal_begin(struct seal *s, pid_t writer, int fd);

/* It may write again. */
extern void seal_end(struct seal const *s);

#endif
