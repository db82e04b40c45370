/* tally.h - all the mail of a maildir, counted as Maildir++ quotas count it. */

#ifndef MAILDIR_TALLY_H
#define MAILDIR_TALLY_H

#include <stdint.h>
#include <time.h>

struct tally {
	uint64_t bytes, count;  /* at most INT64_MAX */
	struct timespec newest; /* last change of any new/ or cur/ */
};

/*
 * Count the messages in new and cur of the maildir top and of its folders, but for
 * the folder .Trash and messages with the flag T. A size is what the name says
 * (",S="), else what lstat(2) says. Returns 1, or 0 with errno if something could
 * not be read.
 */
extern int tally_take(struct tally *t, int top);

/* 1 if a new/ or cur/ has changed since t was taken, or that cannot be told. */
extern int tally_moved(struct tally const *t, int top);

#endif
