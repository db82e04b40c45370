/* Arguments of XCRC: what comes out is part of the argument, and a quoted path itself again. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/hasharg.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* The path in quotes, the quotes in it doubled. */
static void
quote(char *out, char const *path)
{
	*out++ = '"';
	for (; *path; path++) {
		if (*path == '"') *out++ = '"';
		*out++ = *path;
	}
	memcpy(out, "\"", 2);
}

static void
check(struct hasharg const *a, char const *s, size_t n, char *space)
{
	struct hasharg b;

	if (a->path < s || a->path >= s + n || a->path[0] == 0) abort();
	if (a->ranged && (a->start > INT64_MAX || a->end > INT64_MAX)) abort();
	if (s[0] != '"' && (a->path != s || !a->ranged)) abort();
	quote(space, a->path);
	if (hasharg_parse(space, &b) != HASHARG_PARTS || b.ranged) abort();
	if (strcmp(a->path, b.path) != 0) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char *s = malloc(n + 1);
	char *space = malloc(2 * n + 3);
	struct hasharg a = { .path = NULL };

	if (!s || !space) abort();
	memcpy(s, in, n);
	s[n] = 0;
	switch (hasharg_parse(s, &a)) {
	case HASHARG_PLAIN:
		if (memcmp(s, in, n) != 0) abort();
		break;
	case HASHARG_PARTS: check(&a, s, n, space); break;
	case HASHARG_BAD:
		if (s[0] != '"') abort();
		break;
	}
	free(s);
	free(space);
	return 0;
}
