/* A mailbox as a header field has it: RFC 5322 3.4.1. */

#include <string.h>

#include "smtp/addrspec.h"

/* RFC 5322 3.2.3, and UTF-8 by RFC 6532 3.2. */
static int
is_dot_atom(char const *s, size_t n)
{
	static char const special[] = "()<>[]:;@\\,\" ";
	char last = '.';
	size_t i;

	for (i = 0; i < n; i++) {
		if (strchr(special, s[i]) || (s[i] == '.' && last == '.')) return 0;
		last = s[i];
	}
	return last != '.';
}

size_t
addrspec_format(char *out, struct path const *p)
{
	char const *s = p->mailbox;
	size_t n = 0;
	size_t i = 0;

	if (*s && !is_dot_atom(s, p->local)) {
		out[n++] = '"';
		for (; i < p->local; i++) {
			if (s[i] == '"' || s[i] == '\\') out[n++] = '\\';
			out[n++] = s[i];
		}
		out[n++] = '"';
	}
	for (; s[i]; i++) out[n++] = s[i];
	out[n] = 0;
	return n;
}
