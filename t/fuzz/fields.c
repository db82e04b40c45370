/* The header of a message: the same however it is cut, and as a reader of lines has it. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "smtp/fields.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/* The length of a field's name at the n bytes of s, or 0 if they begin no field. */
static size_t
name(char const *s, size_t n)
{
	size_t len = 0;
	size_t i;

	while (len < n && s[len] > ' ' && s[len] <= '~' && s[len] != ':') len++;
	if (len == 0 || len > FIELDS_NAME_MAX) return 0;
	for (i = len; i < n && (s[i] == ' ' || s[i] == '\t'); i++) continue;
	if (i > FIELDS_NAME_MAX + 1) return 0;
	return i < n && s[i] == ':' ? len : 0;
}

static int
is(char const *s, size_t n, char const *what)
{
	return strlen(what) == n && strncasecmp(s, what, n) == 0;
}

/* Line by line; the whole message is there. */
static void
by_lines(struct fields *f, char const *s, size_t n)
{
	size_t i = 0;

	memset(f, 0, sizeof *f);
	while (i < n) {
		char const *lf = memchr(s + i, '\n', n - i);
		size_t len = lf ? (size_t)(lf - (s + i)) : n - i;
		size_t k = name(s + i, len);

		f->line = i;
		if (lf && (len == 0 || (len == 1 && s[i] == '\r'))) {
			f->state = FIELDS_EMPTY;
			return;
		}
		if (!k && !(i > 0 && (s[i] == ' ' || s[i] == '\t'))) break;
		f->hops += is(s + i, k, "Received") || is(s + i, k, "Delivered-To");
		if (is(s + i, k, "Date")) f->seen |= FIELDS_DATE;
		if (is(s + i, k, "From")) f->seen |= FIELDS_FROM;
		if (is(s + i, k, "Message-ID")) f->seen |= FIELDS_MESSAGE_ID;
		i += len + (lf != NULL);
		if (i == n) f->line = n;
	}
	f->state = FIELDS_TEXT;
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	char const *s = (char const *)bytes;
	struct fields want;
	size_t step;

	by_lines(&want, s, n);
	for (step = 1; step <= n + 1; step += 1 + n / 20) {
		struct fields f = { .state = FIELDS_BOL };
		size_t i;

		for (i = 0; i < n; i += step) {
			size_t len = n - i < step ? n - i : step;
			size_t looked = fields_observe(&f, s + i, len);

			if (looked != len && !fields_over(&f)) abort();
			if (fields_open(&f) && f.at - f.line > FIELDS_NAME_MAX + 1) abort();
		}
		fields_finish(&f);
		if (f.state != want.state || f.seen != want.seen || f.hops != want.hops) abort();
		if (f.line != want.line) abort();
	}
	return 0;
}
