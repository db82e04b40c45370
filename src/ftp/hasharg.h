/* hasharg.h - the argument of HASH, MD5 and XCRC and its like. Pure. */

#ifndef FTP_HASHARG_H
#define FTP_HASHARG_H

#include <stdint.h>

struct hasharg {
	char *path; /* points into the argument; never empty */
	int ranged;
	uint64_t start; /* the first byte, and the one after the last, below 2^63 */
	uint64_t end;
};

enum hasharg_form {
	HASHARG_PLAIN, /* it can only be a path as it stands */
	HASHARG_PARTS, /* it is a path in quotes, or one with a range behind it */
	HASHARG_BAD    /* it begins with a quoted path and goes on with nonsense */
};

/*
 * Take arg apart, in place unless it is HASHARG_PLAIN: '"path"', in which ""
 * stands for one ", or a path without quotes, then perhaps " start end". Both
 * readings are for those arguments only that are no name of a file themselves.
 */
extern enum hasharg_form hasharg_parse(char *arg, struct hasharg *a);

#endif
