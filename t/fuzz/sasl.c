/*
 * Responses to 334: no input crashes the decoder or is written beyond itself; what it
 * takes is the base64 of what it gives, but for bits that padding leaves over; what
 * PLAIN takes apart put together again is the same.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/checker.h"
#include "mime/b64.h"
#include "smtp/sasl.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

enum { MOST = 12288 };

static void
check_coding(char const *said, char const *decoded, size_t n)
{
	char *again = malloc(strlen(said) + 4);
	size_t len = mime_b64_flat(decoded, n, again);

	if (len != strlen(said)) abort();
	/* The last character before the padding has bits that mean nothing. */
	if (len > 4 && memcmp(again, said, len - 4) != 0) abort();
	if (len && said[len - 1] != '=' && memcmp(again, said, len) != 0) abort();
	free(again);
}

static void
check_plain(char const *s, size_t n)
{
	struct sasl_login l;
	size_t whole;

	if (!sasl_plain(s, n, &l)) return;
	whole = strlen(l.as) + strlen(l.name) + strlen(l.password) + 2;
	if (whole != n || l.as != s || l.name != s + strlen(s) + 1) abort();
	if (sasl_refusal(&l)) return;
	if (!l.name[0] || !l.password[0]) abort();
	if (strlen(l.name) + strlen(l.password) + 3 > CHECKER_SECRET) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char *said;
	char *s;
	size_t len;

	if (n > MOST) return 0;
	said = calloc(1, n + 1);
	memcpy(said, in, n);
	s = strdup(said);
	if (sasl_decode(s, &len)) {
		if (s[len] != 0) abort();
		check_coding(said, s, len);
		check_plain(s, len);
	}
	free(s);
	free(said);
	/* As it is too: base64 of what PLAIN wants is rarely hit upon. */
	s = calloc(1, n + 1);
	memcpy(s, in, n);
	check_plain(s, n);
	free(s);
	return 0;
}
