/* File names from strangers: safe, not too long, and left alone by the rule that made them. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mime/fname.h"
#include "mime/type.h"
#include "mime/utf8.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

static void
must(int holds)
{
	if (!holds) abort();
}

static void
safe(char const *s, size_t n)
{
	static char const *const devices[] = { "con", "prn", "aux", "nul", "com1", "lpt0" };
	size_t i;

	must(n <= MIME_FNAME_MAX && strlen(s) == n && mime_utf8_valid(s, n));
	for (i = 0; i < n; i++)
		must((unsigned char)s[i] >= ' ' && s[i] != 127 && !strchr("/\\:*?\"<>|", s[i]));
	for (i = 0; i < n;) {
		uint32_t c;

		i += mime_utf8_get(&c, s + i, n - i);
		must(c < 128 || !mime_utf8_hidden(c));
	}
	must(n == 0 || (!strchr(".-~ ", s[0]) && !strchr(". ", s[n - 1])));
	for (i = 0; i < sizeof devices / sizeof *devices; i++)
		must(strcspn(s, ".") != strlen(devices[i])
		    || strncasecmp(s, devices[i], strlen(devices[i])) != 0);
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	char const *s = (char const *)bytes;
	char once[MIME_FNAME_MAX + 1];
	char twice[MIME_FNAME_MAX + 1];
	char other[MIME_FNAME_MAX + 12];
	unsigned int what;
	size_t len = mime_fname(once, s, n, &what);

	safe(once, len);
	must(mime_fname(twice, once, len, &what) == len && memcmp(once, twice, len) == 0);
	must(what == 0);
	if (len > 0) {
		size_t more = mime_fname_next(other, once, 9999);

		must(more == len + 5 && strlen(other) == more && !strchr(".-~ ", other[0]));
	}
	len = mime_fname_cut(once, len, 40);
	once[len] = 0;
	must(len <= 40);
	safe(once, len);
	len = mime_fname_ascii(once, len);
	once[len] = 0;
	safe(once, len);
	mime_type_of_name(s, n);
	mime_type_of_bytes(s, n < 512 ? n : 512);
	return 0;
}
