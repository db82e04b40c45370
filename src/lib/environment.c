/* The environment of a program, as a list for exec. */

#include <errno.h>
#include <unistd.h>

#include <skalibs/env.h>
#include <skalibs/genalloc.h>
#include <skalibs/posixplz.h>

#include "lib/environment.h"

static size_t
strings(char const *s, size_t len)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < len; i++) n += s[i] == 0;
	return n;
}

char const *const *
environment_with(char const *changes, size_t len)
{
	static genalloc list = GENALLOC_ZERO; /* char const *; after the first it hardly grows */
	char const *const *ours = (char const *const *)environ;
	size_t have = env_len(ours);
	size_t most = have + strings(changes, len) + 1;
	size_t n;

	if (!genalloc_ready(char const *, &list, most)) return NULL;
	n = env_merge(genalloc_s(char const *, &list), most, ours, have, changes, len);
	if (n > 0 && n <= most) return genalloc_s(char const *, &list);
	errno = E2BIG;
	return NULL;
}
