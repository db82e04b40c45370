/* A type that is given for a part: RFC 2045 section 5.1. */

#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

/* The longest type with its parameters: it must fit a line. */
#define TYPE 900

/* The bytes of a token, RFC 2045 5.1. */
static size_t
token(char const *s)
{
	size_t n = 0;

	while (s[n] > ' ' && s[n] < 127 && !strchr("()<>@,;:\\\"/[]?=", s[n])) n++;
	return n;
}

/* The bytes of a quoted string; 0 if it does not end. */
static size_t
quoted(char const *s)
{
	size_t n = 1;

	while (s[n] >= ' ' && s[n] < 127 && s[n] != '"') n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	return s[n] == '"' ? n + 1 : 0;
}

/* Names are for -n: two would be one too many. */
static int
is_name(char const *s, size_t n)
{
	return n >= 4 && strncasecmp(s, "name", 4) == 0 && (n == 4 || s[4] == '*');
}

/* Parameters, each with its semicolon before it: what is added to them must stay one. */
static int
is_parameters(char const *s)
{
	while (*s) {
		size_t n;

		s += strspn(s, " ");
		if (*s++ != ';') return 0;
		s += strspn(s, " ");
		n = token(s);
		if (n == 0 || s[n] != '=' || is_name(s, n)) return 0;
		s += n + 1;
		n = *s == '"' ? quoted(s) : token(s);
		if (n == 0) return 0;
		s += n;
	}
	return 1;
}

void
mime_pack_type(struct mime_leaf *l, char const *s)
{
	size_t n = token(s);
	size_t k = s[n] == '/' ? token(s + n + 1) : 0;

	mime_pack_line("type", s);
	if (n == 0 || k == 0 || n + k > 100 || strlen(s) > TYPE || !is_parameters(s + n + 1 + k))
		strerr_dief(100, "invalid type: ", s);
	if (strncasecmp(s, "multipart/", 10) == 0)
		strerr_dief(100, "a multipart is a ready part, -P: ", s);
	l->given = s;
}
