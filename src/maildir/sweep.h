/* sweep.h - what interrupted deliveries left behind in tmp. */

#ifndef MAILDIR_SWEEP_H
#define MAILDIR_SWEEP_H

#include <sys/stat.h>
#include <time.h>

struct sweep {
	time_t before; /* whatever was used at or after this stays */
	int show;      /* print what would be removed, and remove nothing */
};

/* 1 if it is a regular file that was neither read nor written nor renamed since. */
extern int sweep_is_old(struct sweep const *s, struct stat const *st);

/*
 * Remove the regular files in tmp of the maildir path, and in tmp of each of its
 * Maildir++ folders, that were neither read nor written nor renamed since. A
 * directory or a link named tmp, or a folder that is a link, is not followed.
 * Returns 1, or 0 if something could not be done, which was logged.
 */
extern int sweep_maildir(struct sweep const *s, char const *path);

#endif
