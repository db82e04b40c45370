/* quota.h - how much mail a maildir may hold. */

#ifndef MAILDIR_QUOTA_H
#define MAILDIR_QUOTA_H

#include <stddef.h>
#include <stdint.h>

struct tally;

struct quota {
	uint64_t bytes, count; /* 0: no limit; below 10^18 */
};

/* Room for quota_fmt, its 0 included. */
enum { QUOTA_FMT = 64 };

/*
 * Read a quota as Maildir++ writes it: "<n>S" bytes and "<n>C" messages, one of
 * them or both, a comma between. All n bytes of s must be that. Returns 1 or 0.
 */
extern int quota_scan(struct quota *q, char const *s, size_t n);

/* Write it so, 0-terminated; returns the length. */
extern size_t quota_fmt(char s[QUOTA_FMT], struct quota const *q);

extern int quota_same(struct quota const *a, struct quota const *b);

/* 1 if one more message of size bytes beside used is more than q. */
extern int quota_over(struct quota const *q, struct tally const *used, uint64_t size);

#endif
