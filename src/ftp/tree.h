/* tree.h - files below the root, and nothing else. */

#ifndef FTP_TREE_H
#define FTP_TREE_H

#include <sys/stat.h>
#include <sys/types.h>

struct tree {
	int root;     /* the directory, O_PATH */
	int linkless; /* symbolic links do not exist: ENOENT */
	int walk;     /* no openat2(2) here: component by component, no symbolic links */
};

/* A path is absolute as the client sees it, normalised: "/", "/a/b". */

/*
 * open(2) below the root; symbolic links, absolute ones too, are resolved as
 * if the root were "/". Nothing is created. Always O_CLOEXEC and O_NOCTTY. The descriptor, or -1
 * with errno set.
 */
extern int tree_open(struct tree *t, char const *path, int flags);

/*
 * The directory that holds path, O_PATH, and in *name the last component,
 * which points into path. "/" has none: EBUSY. -1 with errno set.
 */
extern int tree_parent(struct tree *t, char const *path, char const **name);

/* stat(2), symbolic links followed below the root. 1, or 0 with errno set. */
extern int tree_stat(struct tree *t, char const *path, struct stat *st);

/* The same, a symbolic link being itself. */
extern int tree_lstat(struct tree *t, char const *path, struct stat *st);

/* chmod(2) and utimensat(2) of a plain file or directory. 1, or 0 with errno. */
extern int tree_chmod(struct tree *t, char const *path, mode_t mode);
extern int tree_touch(struct tree *t, char const *path, struct timespec const *times);

/* "/proc/self/fd/N", by which a nameless file gets its name. */
enum { TREE_PROC = 32 };
extern void tree_proc(char *s, int fd);

#endif
