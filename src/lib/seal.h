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
 * Replace *fd by a read-only descriptor of the same file, without /proc by a
 * duplicate. 1: nobody has it open for writing, nor mapped, nor on its way to
 * somebody, and whoever can open nothing will never write it again. 0: somebody has,
 * or the file system, or the kernel's fs.leases-enable, does not let that be known.
 */
extern int seal_proven(int *fd);

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
