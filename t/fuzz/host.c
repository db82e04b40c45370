/* Names of HOST: one that is taken has only the characters of one, and is the same as itself. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/host.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char *s = malloc(n + 1);
	char const *p;

	if (!s) abort();
	memcpy(s, in, n);
	s[n] = 0;
	if (host_ok(s)) {
		if (s[0] == 0 || strlen(s) > 254) abort();
		for (p = s; *p; p++)
			if (*p <= ' ' || *p > 'z' || (*p == ':' && s[0] != '[')) abort();
		if (!host_same(s, s)) abort();
	}
	free(s);
	return 0;
}
