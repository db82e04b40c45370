/* Targets of links: one that is taken stays below the root when it is followed by its words. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/linktarget.h"
#include "ftp/path.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* Depth below the root after each word of the target. */
static void
walk(char const *target, int depth)
{
	while (*target) {
		size_t n = strcspn(target, "/");

		if (n == 2 && target[0] == '.' && target[1] == '.')
			depth--;
		else if (n && !(n == 1 && target[0] == '.'))
			depth++;
		if (depth < 0) abort();
		target += n + (target[n] == '/');
	}
}

/* A path and a target, a NUL between them. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	static char text[PATH_SPACE + 2];
	char path[PATH_SPACE];
	char const *target;
	char const *p;
	int depth = -1;

	if (n > PATH_SPACE) return 0;
	memcpy(text, in, n);
	text[n] = text[n + 1] = 0;
	target = text + strlen(text) + 1;
	if (!path_join(path, "/", text) || !linktarget_ok(target, path)) return 0;
	if (target[0] == 0 || target[0] == '/') abort();
	for (p = path; *p; p++) depth += *p == '/';
	walk(target, depth);
	return 0;
}
