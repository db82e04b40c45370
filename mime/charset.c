/* Charset labels and the conversion to UTF-8; see the WHATWG Encoding standard. */

#include <string.h>
#include <strings.h>

#include "mime/charset.h"
#include "mime/utf8.h"

struct mime_charset {
	char const *label;
	uint16_t const *upper; /* NULL: UTF-8 */
	int guess;             /* when it is not UTF-8, use upper */
};

/* clang-format off */
static struct mime_charset const charsets[] = {
	{ "utf-8",             NULL, 0 },
	{ "utf8",              NULL, 0 },
	{ "us-ascii",          mime_charset_windows_1252, 1 },
	{ "ascii",             mime_charset_windows_1252, 1 },
	{ "ansi_x3.4-1968",    mime_charset_windows_1252, 1 },
	{ "",                  mime_charset_windows_1252, 1 },
	{ "x-unknown",         mime_charset_windows_1252, 1 },
	{ "unknown-8bit",      mime_charset_windows_1252, 1 },
	{ "default",           mime_charset_windows_1252, 1 },
	{ "iso-8859-1",        mime_charset_windows_1252, 0 },
	{ "iso8859-1",         mime_charset_windows_1252, 0 },
	{ "iso_8859-1",        mime_charset_windows_1252, 0 },
	{ "latin1",            mime_charset_windows_1252, 0 },
	{ "windows-1252",      mime_charset_windows_1252, 0 },
	{ "cp1252",            mime_charset_windows_1252, 0 },
	{ "x-cp1252",          mime_charset_windows_1252, 0 },
	{ "iso-8859-2",        mime_charset_iso8859_2, 0 },
	{ "iso8859-2",         mime_charset_iso8859_2, 0 },
	{ "latin2",            mime_charset_iso8859_2, 0 },
	{ "iso-8859-5",        mime_charset_iso8859_5, 0 },
	{ "iso-8859-7",        mime_charset_iso8859_7, 0 },
	{ "iso-8859-9",        mime_charset_windows_1254, 0 },
	{ "latin5",            mime_charset_windows_1254, 0 },
	{ "windows-1254",      mime_charset_windows_1254, 0 },
	{ "iso-8859-15",       mime_charset_iso8859_15, 0 },
	{ "latin9",            mime_charset_iso8859_15, 0 },
	{ "windows-1250",      mime_charset_windows_1250, 0 },
	{ "cp1250",            mime_charset_windows_1250, 0 },
	{ "windows-1251",      mime_charset_windows_1251, 0 },
	{ "cp1251",            mime_charset_windows_1251, 0 },
	{ "windows-1253",      mime_charset_windows_1253, 0 },
	{ "windows-1257",      mime_charset_windows_1257, 0 },
	{ "koi8-r",            mime_charset_koi8_r, 0 },
	{ "koi8",              mime_charset_koi8_r, 0 },
	{ "koi8-u",            mime_charset_koi8_u, 0 },
};
/* clang-format on */

static uint16_t const nothing[128];

static struct mime_charset const unknown = { "", nothing, 1 };

struct mime_charset const *
mime_charset_find(char const *label, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof charsets / sizeof *charsets; i++) {
		char const *s = charsets[i].label;

		if (strlen(s) == n && strncasecmp(s, label, n) == 0) return charsets + i;
	}
	return &unknown;
}

static size_t
from_table(uint16_t const *upper, char const *in, size_t n, char *out, size_t max, int *bad)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n && max - w >= 4; i++) {
		unsigned char b = (unsigned char)in[i];
		uint32_t c = b < 128 ? b : upper[b - 128];

		if (c == 0 && b != 0) {
			c = MIME_UTF8_BAD;
			*bad = 1;
		}
		w += mime_utf8_put(out + w, c);
	}
	return w;
}

static size_t
from_utf8(char const *in, size_t n, char *out, size_t max, int *bad)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n && max - w >= 4) {
		uint32_t c;
		size_t k = mime_utf8_get(&c, in + i, n - i);

		if (k == 0) {
			*bad = 1;
			k = 1;
		}
		w += mime_utf8_put(out + w, c);
		i += k;
	}
	return w;
}

size_t
mime_charset_utf8(
    struct mime_charset const *cs, char const *in, size_t n, char *out, size_t max, int *bad)
{
	if (!cs->upper || (cs->guess && mime_utf8_valid(in, n)))
		return from_utf8(in, n, out, max, bad);
	return from_table(cs->upper, in, n, out, max, bad);
}
