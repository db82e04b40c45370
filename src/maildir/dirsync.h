/* dirsync.h - a directory, synced: what was made or removed in it is on the disk. */

#ifndef MAILDIR_DIRSYNC_H
#define MAILDIR_DIRSYNC_H

/*
 * Sync the directory open as fd. A filesystem that cannot do that at all earns a
 * warning about path, unless strict. Returns 1, or 0 with errno.
 */
extern int dirsync(int fd, int strict, char const *path);

/*
 * The same for the directory name below dir, which may be "." or "..". One the
 * caller can neither read nor write is passed over: nothing in it is of our making.
 */
extern int dirsync_at(int dir, char const *name, int strict, char const *path);

#endif
