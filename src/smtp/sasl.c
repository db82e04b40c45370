/* Base64 is decoded strictly: what is repaired here may mean something else elsewhere. */

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "lib/checker.h"
#include "lib/safe.h"
#include "mime/b64.h"
#include "smtp/sasl.h"

char const *const sasl_names[SASL_MECHANISMS] = { [SASL_PLAIN] = "PLAIN", [SASL_LOGIN] = "LOGIN" };

enum sasl
sasl_find(char const *name)
{
	unsigned int i;

	for (i = 0; i < SASL_MECHANISMS; i++)
		if (strcasecmp(name, sasl_names[i]) == 0) break;
	return (enum sasl)i;
}

/* The value of so many characters, the rest of the four being padding; -1 if they have none. */
static int32_t
group(char const *s, unsigned int chars)
{
	int32_t v = 0;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		int c = i < chars ? mime_b64_value[(unsigned char)s[i]] : 0;

		if (c >= MIME_B64_PAD) return -1;
		v = v << 6 | c;
	}
	return v;
}

int
sasl_decode(char *s, size_t *n)
{
	size_t len = strlen(s);
	size_t i;

	*n = 0;
	if (len % 4) return 0;
	for (i = 0; i < len; i += 4) {
		unsigned int chars = 4;
		int32_t v;

		if (i + 4 == len && s[i + 3] == '=') chars = s[i + 2] == '=' ? 2 : 3;
		v = group(s + i, chars);
		if (v == -1) return 0;
		s[(*n)++] = (char)(v >> 16);
		if (chars > 2) s[(*n)++] = (char)(v >> 8 & 0xff);
		if (chars > 3) s[(*n)++] = (char)(v & 0xff);
	}
	s[*n] = 0;
	return 1;
}

int
sasl_plain(char const *s, size_t n, struct sasl_login *l)
{
	size_t i = strlen(s) + 1;
	size_t j;

	if (i > n) return 0;
	j = i + strlen(s + i) + 1;
	if (j > n || j + strlen(s + j) != n) return 0;
	l->as = s;
	l->name = s + i;
	l->password = s + j;
	return 1;
}

char const *
sasl_refusal(struct sasl_login const *l)
{
	size_t n = strlen(l->name);

	if (l->as[0] && strcmp(l->as, l->name) != 0) return "other";
	if (n == 0 || !safe_is(l->name, n, 1)) return "name";
	if (l->password[0] == 0) return "empty";
	/* Each of the three fields ends with a 0, and the last is empty. */
	return n + strlen(l->password) + 3 > CHECKER_SECRET ? "length" : NULL;
}
