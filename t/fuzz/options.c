/* Options of LIST: what is left is the end of what came, and begins with none. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/options.h"

enum { MOST = 4096 };

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	struct options o;
	struct options none;
	char *arg;
	char *left;

	if (n > MOST) return 0;
	arg = malloc(n + 1);
	if (!arg) abort();
	memcpy(arg, in, n);
	arg[n] = 0;
	n = strlen(arg);
	left = options_take(&o, arg);
	if (left < arg || left > arg + n || strlen(left) != (size_t)(arg + n - left)) abort();
	if (arg[0] != '-' && left != arg) abort();
	/* Behind "--" even a word that looks like one is a path. */
	if (!strstr(arg, "--") && (options_take(&none, left) != left)) abort();
	if (o.self && !o.dots) abort();
	free(arg);
	return 0;
}
