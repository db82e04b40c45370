/* File name patterns without braces and without recursion: CVE-2011-0418. */

#include <stddef.h>
#include <string.h>

#include "ftp/glob.h"

int
glob_is(char const *s)
{
	return strpbrk(s, "*?[") != NULL;
}

/* The byte set at p, which is a '['. Returns its end, or NULL if it has none. */
static char const *
set(char const *p, unsigned char c, int *in)
{
	int not = p[1] == '!' || p[1] == '^';
	char const *first = p + 1 + not ;
	int found = 0;

	for (p = first; *p && (*p != ']' || p == first); p++) {
		unsigned char lo = (unsigned char)*p;
		unsigned char hi = lo;

		if (p[1] == '-' && p[2] && p[2] != ']') {
			hi = (unsigned char)p[2];
			p += 2;
		}
		if (c >= lo && c <= hi) found = 1;
	}
	if (!*p) return NULL;
	*in = found != not ;
	return p + 1;
}

/* One step of the pattern against one byte: the pattern after it, or NULL. */
static char const *
one(char const *p, char c)
{
	char const *after;
	int in = 0;

	if (*p == '?') return p + 1;
	if (*p == '[') {
		after = set(p, (unsigned char)c, &in);
		if (after) return in ? after : NULL;
	}
	return *p == c ? p + 1 : NULL;
}

int
glob_match(char const *pattern, char const *name)
{
	char const *star = NULL;
	char const *from = NULL;

	if (*name == '.' && *pattern != '.') return 0;
	while (*name) {
		char const *next = *pattern && *pattern != '*' ? one(pattern, *name) : NULL;

		if (*pattern == '*') {
			star = ++pattern;
			from = name;
		} else if (next) {
			pattern = next;
			name++;
		} else if (star) {
			pattern = star;
			name = ++from;
		} else {
			return 0;
		}
	}
	while (*pattern == '*') pattern++;
	return *pattern == 0;
}
