/* Fields composed from anything: lines within RFC 5322's limits, none of blanks, nothing added. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/compose.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *data, size_t n);

enum { LONGEST = 998 };

static char out[MIME_COMPOSED];

/* A field: one line end at its end, every other followed by a blank and more. */
static void
check(char const *s, size_t n, int ascii)
{
	size_t line = 0;
	size_t seen = 0;
	size_t i;

	if (n == 0 || s[n - 1] != '\n') abort();
	for (i = 0; i < n; i++) {
		if (s[i] == '\r' || s[i] == 0 || (ascii && s[i] < 0)) abort();
		if (s[i] != '\n') {
			seen += s[i] != ' ' && s[i] != '\t';
			line++;
			continue;
		}
		if (line > LONGEST || seen == 0) abort();
		if (i + 1 < n && s[i + 1] != ' ' && s[i + 1] != '\t') abort();
		line = seen = 0;
	}
}

/* The parameter goes behind a value, and a line end comes after it. */
static void
parameter(size_t n, int ascii)
{
	if (n < 3 || memcmp(out, ";\n ", 3) != 0) abort();
	out[n] = '\n';
	check(out, n + 1, ascii);
}

int
LLVMFuzzerTestOneInput(uint8_t const *data, size_t n)
{
	static char text[MIME_VALUE + 1];
	char name[MIME_PACK_NAME + 1];
	size_t k = 0;
	size_t i;
	int utf8;

	if (n == 0) return 0;
	utf8 = data[0] & 1;
	for (i = 1; i < n && k < MIME_VALUE; i++)
		if (data[i] != 0) text[k++] = (char)data[i];
	text[k] = 0;
	if (mime_compose_filename(name, text)) {
		parameter(mime_compose_name(out, name, utf8), !utf8);
		parameter(mime_compose_disposition(out, name, utf8), !utf8);
	}
	if (mime_compose_breaks(text)) return 0;
	check(out, mime_compose_text(out, "Subject", text, utf8), !utf8);
	k = mime_compose_addresses(out, "To", text, utf8);
	if (k > 0) check(out, k, !utf8);
	return 0;
}
