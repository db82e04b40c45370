/* policy.h - the table of variables that is all the configuration there is. */

#ifndef LIB_POLICY_H
#define LIB_POLICY_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/buffer.h>

enum policy_kind {
	POLICY_FLAG,    /* 0 or 1 */
	POLICY_NUMBER,  /* decimal, least to most */
	POLICY_OCTAL,   /* octal, least to most */
	POLICY_SIZE,    /* bytes: decimal, with k, M or G for powers of 1024 */
	POLICY_SECONDS, /* seconds: decimal, with m, h or d for minutes, hours, days */
	POLICY_PORTS,   /* lo-hi or one port; number is lo * 65536 + hi */
	POLICY_SET,     /* some of words, commas between; number has bit 0 for the first */
	POLICY_WORD,    /* one of words; number is its place, from 0 */
	POLICY_ADDRESS, /* an IPv4 or IPv6 address */
	POLICY_TEXT     /* anything, no control bytes, most bytes at the most */
};

/* One row: one variable. The table ends with a NULL name. */
struct policy {
	char const *name;
	enum policy_kind kind;
	char const *fallback; /* the default, as text; NULL: unset */
	uint64_t least;
	uint64_t most;
	char const *words; /* POLICY_WORD and POLICY_SET: the words, blank between */
	char const *help;  /* one line */
};

struct policy_value {
	char const *text; /* the environment's or the default; NULL: unset. Not copied. */
	uint64_t number;  /* for all kinds but TEXT and ADDRESS; 0 when unset */
};

enum { POLICY_WHY = 256 };

/*
 * Fill values[i] from the variable of table[i]. Returns 1, or 0 with the reason
 * for people in why (POLICY_WHY bytes): "FTP_IDLE=soon: not a number from 1 to
 * 86400". A variable that is set but empty is unset, but for
 * POLICY_TEXT with least 0.
 */
extern int policy_read(struct policy const *table, struct policy_value *values, char *why);

/* The table with the values now in force, a line per variable, for -h. */
extern void policy_usage(
    struct policy const *table, struct policy_value const *values, buffer *out);

/*
 * The next variable of the environment, from environ[*i] on, whose name begins
 * with prefix and is in no row: probably misspelt. NULL when there is none.
 * The result is the whole NAME=value; *i is moved on.
 */
extern char const *policy_stray(struct policy const *table, char const *prefix, size_t *i);

#endif
