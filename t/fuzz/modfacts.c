/* Arguments of MFF: what is taken lies within its bounds, and the path is the argument's end. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/modfacts.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

static void
check(struct modfacts const *m, char const *s)
{
	if (!m->given || m->given > (MODFACTS_MODIFY | MODFACTS_MODE)) abort();
	if ((m->given & MODFACTS_MODE) && m->mode > 0777) abort();
	if (m->path < s + 1 || m->path[-1] != ' ' || m->path[0] == 0) abort();
	if (strchr(s, ' ') != m->path - 1 || m->path[-2] != ';') abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char *s = malloc(n + 1);
	struct modfacts m = { .given = 0 };
	char const *p;

	if (!s) abort();
	memcpy(s, in, n);
	s[n] = 0;
	switch (modfacts_parse(s, &m)) {
	case MODFACTS_OK: check(&m, s); break;
	case MODFACTS_UNKNOWN:
		if (strlen(m.unknown) >= sizeof m.unknown) abort();
		for (p = m.unknown; *p; p++)
			if (*p < '-' || *p > 'z') abort();
		break;
	case MODFACTS_BAD:
	case MODFACTS_DATE: break;
	}
	free(s);
	return 0;
}
