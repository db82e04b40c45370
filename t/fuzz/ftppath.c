/* Paths of clients: what comes out is absolute, normalised, and stays itself. */

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/path.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

static void
check(char const *path)
{
	char again[PATH_SPACE];
	char const *p;

	if (path[0] != '/' || strlen(path) >= PATH_SPACE) abort();
	for (p = path; *p; p++) {
		size_t n = strcspn(p + 1, "/");

		if ((unsigned char)*p < 0x20 || *p == 0x7f) abort();
		if (*p != '/' || path[1] == 0) continue;
		if (n == 0 || (n == 1 && p[1] == '.')) abort();
		if (n == 2 && p[1] == '.' && p[2] == '.') abort();
	}
	if (!path_join(again, "/", path) || strcmp(again, path) != 0) abort();
}

/* A working directory and an argument, a NUL between them. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	static char text[2 * PATH_SPACE + 2];
	char cwd[PATH_SPACE];
	char out[PATH_SPACE];
	char *arg;

	if (n > (size_t)2 * PATH_SPACE) return 0;
	memcpy(text, in, n);
	text[n] = text[n + 1] = 0;
	arg = text + strlen(text) + 1;
	if (!path_join(cwd, "/", text)) return 0;
	check(cwd);
	if (!path_join(out, cwd, arg)) {
		if (errno != EILSEQ && errno != ENAMETOOLONG) abort();
		return 0;
	}
	check(out);
	/* In its own place too. */
	if (!path_join(cwd, cwd, arg) || strcmp(cwd, out) != 0) abort();
	return 0;
}
