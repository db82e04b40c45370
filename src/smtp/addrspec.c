/* A mailbox as it is written: RFC 5321 4.1.2, RFC 5322 3.4.1. */

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
addrspec_format(char *out, char const *mailbox, size_t local)
{
	size_t n = 0;
	size_t i = 0;

	if (*mailbox && !is_dot_atom(mailbox, local)) {
		out[n++] = '"';
		for (; i < local; i++) {
			if (mailbox[i] == '"' || mailbox[i] == '\\') out[n++] = '\\';
			out[n++] = mailbox[i];
		}
		out[n++] = '"';
	}
	for (; mailbox[i]; i++) out[n++] = mailbox[i];
	out[n] = 0;
	return n;
}
