/* Patterns: the answer is that of walking all ways at once, and the cost bounded. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/glob.h"

enum { MOST = 16 /* bytes of pattern and name */ };

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* The end of the set at the '[' p, or NULL; its first byte ends no set. */
static char const *
set_end(char const *p)
{
	p++;
	if (*p == '!' || *p == '^') p++;
	return *p ? strchr(p + 1, ']') : NULL;
}

static int
holds(char const *p, char const *end, unsigned char c)
{
	while (p < end) {
		unsigned char lo = (unsigned char)*p++;
		unsigned char hi = lo;

		if (end - p > 1 && *p == '-') {
			hi = (unsigned char)p[1];
			p += 2;
		}
		if (lo <= c && c <= hi) return 1;
	}
	return 0;
}

/* How many bytes of the pattern at p stand for c, a star apart; 0: none do. */
static size_t
stands_for(char const *p, char c)
{
	char const *end = *p == '[' ? set_end(p) : NULL;

	if (end) {
		int not = p[1] == '!' || p[1] == '^';

		return holds(p + 1 + not, end, (unsigned char)c) != not ? (size_t)(end + 1 - p) : 0;
	}
	return *p == '?' || *p == c;
}

/* All places the pattern can be at after each byte of the name. */
static int
plain(char const *p, char const *name)
{
	char at[2 * MOST + 2] = { 1 };
	size_t n = strlen(p);
	size_t i;

	for (;; name++) {
		char next[sizeof at] = { 0 };

		for (i = 0; i < n; i++)
			if (at[i] && p[i] == '*') at[i + 1] = 1;
		if (*name == 0) return at[n];
		for (i = 0; i < n; i++) {
			size_t more = at[i] && p[i] != '*' ? stands_for(p + i, *name) : 0;

			if (more) next[i + more] = 1;
			if (at[i] && p[i] == '*') next[i] = 1;
		}
		memcpy(at, next, sizeof at);
	}
}

/* Of exactly n bytes, so that the sanitizer watches the end. */
static char *
copy(char const *s, size_t n)
{
	char *exact = malloc(n ? n : 1);

	if (!exact) abort();
	memcpy(exact, s, n);
	return exact;
}

/* A pattern and a name, a NUL between them. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char text[2 * MOST + 2];
	char const *name;
	char *p;
	char *q;
	size_t len;
	size_t m;

	if (n > (size_t)2 * MOST) return 0;
	memcpy(text, in, n);
	text[n] = text[n + 1] = 0;
	len = strlen(text);
	name = text + len + 1;
	m = strlen(name);
	p = copy(text, len);
	q = copy(name, m);
	if (len <= MOST && m <= MOST && glob_match(p, len, q, m) != plain(text, name)) abort();
	if (strcspn(text, " ,") == len && len && glob_any(text, q, m) != glob_match(p, len, q, m))
		abort();
	free(p);
	free(q);
	return 0;
}
