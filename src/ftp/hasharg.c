/* "name with blanks" 0 100: WinSCP quotes, and no draft says how to. */

#include <string.h>

#include <skalibs/types.h>

#include "ftp/hasharg.h"

/* All of s as a number below 2^63. */
static int
scan(char const *s, uint64_t *u)
{
	return s[0] >= '0' && s[0] <= '9' && uint640_scan(s, u) && *u <= INT64_MAX;
}

/* "start end": both numbers, one blank between. */
static int
range(char *s, struct hasharg *a)
{
	char *blank = strchr(s, ' ');
	int ok;

	if (!blank) return 0;
	*blank = 0;
	ok = scan(s, &a->start) && scan(blank + 1, &a->end);
	*blank = ' ';
	a->ranged = ok;
	return ok;
}

/* From behind the first quotation mark. */
static enum hasharg_form
quoted(char *in, struct hasharg *a)
{
	char *out = in;

	a->path = in;
	for (; *in != '"' || *++in == '"'; in++) {
		if (*in == 0) return HASHARG_BAD;
		*out++ = *in;
	}
	if (out == a->path) return HASHARG_BAD;
	if (*in && (*in != ' ' || !range(in + 1, a))) return HASHARG_BAD;
	*out = 0;
	return HASHARG_PARTS;
}

enum hasharg_form
hasharg_parse(char *arg, struct hasharg *a)
{
	char *last = strrchr(arg, ' ');
	char *first;

	a->ranged = 0;
	if (arg[0] == '"') return quoted(arg + 1, a);
	if (!last || last == arg) return HASHARG_PLAIN;
	first = last;
	while (first > arg && first[-1] != ' ') first--;
	if (first < arg + 2 || !range(first, a)) return HASHARG_PLAIN;
	first[-1] = 0;
	a->path = arg;
	return HASHARG_PARTS;
}
