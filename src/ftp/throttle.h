/* throttle.h - no more than so many bytes a second: a token bucket. */

#ifndef FTP_THROTTLE_H
#define FTP_THROTTLE_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/tai.h>

enum {
	THROTTLE_SLICE = 100, /* milliseconds between two looks */
	THROTTLE_SLICES = 5   /* what it may catch up after it was held up */
};

struct throttle {
	uint64_t rate;   /* bytes a second; 0: no limit, and nothing below matters */
	uint64_t tokens; /* bytes that may move now */
	tain filled;     /* when tokens were added last */
};

/* A transfer begins: at most a slice may move at once. Starts as all zero. */
extern void throttle_begin(struct throttle *t, uint64_t rate);

/* How many of n bytes may move now; and n bytes have moved. */
extern size_t throttle_most(struct throttle const *t, size_t n);
extern void throttle_spend(struct throttle *t, size_t n);

/*
 * Add what has come in since. 1 if bytes may move; 0 if not before *until. All
 * these use the clock as it was last read.
 */
extern int throttle_fill(struct throttle *t, tain *until);

#endif
