/* packfile.h - a file that appears whole or not at all. Not part of the pure library. */

#ifndef MIME_PACKFILE_H
#define MIME_PACKFILE_H

struct mime_packfile {
	char const *path; /* what it shall be called */
	int dir;
	int fd;
	int named;     /* it has its temporary name, or is about to */
	char temp[64]; /* in dir */
};

/*
 * Begin a file; path stays the caller's. What is not a regular file is not
 * replaced: errno is EEXIST then. Returns 1, or 0 with errno set.
 */
extern int mime_packfile_open(struct mime_packfile *f, char const *path);

/* Give it its name, with sync only when all of it is on disk. Returns 1, or 0 with errno set. */
extern int mime_packfile_keep(struct mime_packfile *f, int sync);

/* Give it up. Nothing stays; errno does. Async-signal-safe. */
extern void mime_packfile_drop(struct mime_packfile const *f);

#endif
