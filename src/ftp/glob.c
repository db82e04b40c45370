/* File name patterns without braces and without recursion: CVE-2011-0418. */

#include <string.h>

#include "ftp/glob.h"

int
glob_is(char const *s)
{
	return strpbrk(s, "*?[") != NULL;
}

/* The byte set that begins at the '[' p, before end: what follows it, or NULL
 * if it has no end. */
static char const *
set(char const *p, char const *end, unsigned char c, int *in)
{
	int not = end - p > 1 && (p[1] == '!' || p[1] == '^');
	char const *first = p + 1 + not ;
	int found = 0;

	for (p = first; p < end && (*p != ']' || p == first); p++) {
		unsigned char lo = (unsigned char)*p;
		unsigned char hi = lo;

		if (end - p > 2 && p[1] == '-' && p[2] != ']') {
			hi = (unsigned char)p[2];
			p += 2;
		}
		if (c >= lo && c <= hi) found = 1;
	}
	if (p >= end) return NULL;
	*in = found != not ;
	return p + 1;
}

/*
 * One step of the pattern against one byte: the pattern after it, or NULL. No
 * set ends behind close: to look for that at each '[' would take n * n * m steps.
 */
static char const *
one(char const *p, char const *end, char const *close, char c)
{
	int in = 0;

	if (p == end) return NULL;
	if (*p == '?') return p + 1;
	if (*p == '[' && close && p < close) {
		char const *after = set(p, end, (unsigned char)c, &in);

		if (after) return in ? after : NULL;
	}
	return *p == c ? p + 1 : NULL;
}

int
glob_match(char const *pattern, size_t n, char const *name, size_t m)
{
	char const *p = pattern;
	char const *end = pattern + n;
	char const *close = memrchr(pattern, ']', n);
	char const *last = name + m;
	char const *star = NULL; /* behind the last star */
	char const *from = NULL; /* where what it stands for may end */

	if (n > GLOB_MOST) return 0;
	while (name < last) {
		char const *next;

		if (p < end && *p == '*') {
			star = ++p;
			from = name;
			continue;
		}
		next = one(p, end, close, *name);
		if (next) {
			p = next;
			name++;
		} else if (star) {
			p = star;
			name = ++from;
		} else {
			return 0;
		}
	}
	while (p < end && *p == '*') p++;
	return p == end;
}

/* What begins with a byte that is only itself: most names are no match at once. */
static int
may_match(char const *pattern, char const *name, size_t m)
{
	char c = *pattern;

	return c == '*' || c == '?' || c == '[' || (m && c == *name);
}

int
glob_any(char const *list, char const *name, size_t m)
{
	while (*list) {
		size_t n = 0;

		while (list[n] && list[n] != ' ' && list[n] != ',') n++;
		if (n && may_match(list, name, m) && glob_match(list, n, name, m)) return 1;
		list += n + (list[n] != 0);
	}
	return 0;
}
