/* RET, ENVID, NOTIFY, ORCPT: RFC 3461 4, RFC 6533 3. */

#include <string.h>
#include <strings.h>

#include "lib/safe.h"
#include "smtp/dsn.h"
#include "smtp/utf8text.h"
#include "smtp/xtext.h"

static void
upper(char *s)
{
	for (; *s; s++)
		if (*s >= 'a' && *s <= 'z') *s = (char)(*s - ('a' - 'A'));
}

int
dsn_ret(char *value)
{
	upper(value);
	return strcmp(value, "FULL") == 0 || strcmp(value, "HDRS") == 0;
}

static int
decode(char *value, size_t most)
{
	return xtext_decode(value, most) && safe_is(value, strlen(value), 0);
}

int
dsn_envid(char *value)
{
	return decode(value, ENVID_MAX);
}

int
dsn_notify(char *value)
{
	static char const *const when[] = { "SUCCESS", "FAILURE", "DELAY", NULL };
	unsigned int seen = 0;

	upper(value);
	if (strcmp(value, "NEVER") == 0) return 1;
	for (;;) {
		size_t n = strcspn(value, ",");
		unsigned int i = 0;

		while (when[i] && (strlen(when[i]) != n || memcmp(when[i], value, n) != 0)) i++;
		if (!when[i] || seen >> i & 1) return 0;
		seen |= 1U << i;
		if (value[n] == 0) return 1;
		value += n + 1;
	}
}

static int
hexadecimal(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* "\x{HEX}", which stands for a byte that would not pass; returns what follows, or NULL. */
static char const *
embedded(char const *s)
{
	size_t n = 3;

	if (strncmp(s, "\\x{", 3) != 0) return NULL;
	while (hexadecimal(s[n])) n++;
	return n >= 5 && n <= 9 && s[n] == '}' ? s + n + 1 : NULL;
}

static int
utf8_address(char const *s, int utf8)
{
	enum utf8text text = utf8text(s, strlen(s));

	if (*s == 0 || strlen(s) > ORCPT_MAX) return 0;
	if (text == UTF8TEXT_BAD || (text == UTF8TEXT_GOOD && !utf8)) return 0;
	while (s && *s) {
		unsigned char c = (unsigned char)*s;

		if (c <= 0x20 || c == 0x7f || c == '+' || c == '=') return 0;
		s = c == '\\' ? embedded(s) : s + 1;
	}
	return s != NULL;
}

/* As those that are registered: letters, digits and hyphens. Returns its length, 0 for none. */
static size_t
type(char const *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return n <= TYPE_MAX && s[n] == ';' ? n : 0;
}

int
dsn_orcpt(char *value, int utf8)
{
	size_t n = type(value);

	if (n == 0) return 0;
	if (n == 5 && strncasecmp(value, "utf-8", n) == 0) return utf8_address(value + n + 1, utf8);
	return decode(value + n + 1, ORCPT_MAX);
}

int
dsn_orcpt_made(char const *value)
{
	size_t n = type(value);
	size_t len = strlen(value);

	return n && len > n + 1 && len - n - 1 <= ORCPT_MAX && safe_is(value, len, 1)
	    && utf8text(value, len) != UTF8TEXT_BAD;
}
