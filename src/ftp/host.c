/* Host names: RFC 1123 2.1, with the underscore that is found in the wild. */

#include <string.h>
#include <strings.h>

#include <skalibs/ip46.h>

#include "ftp/host.h"

enum { NAME = 253, LABEL = 63 };

static int
bracketed(char const *s)
{
	char address[IP46_FMT + 1];
	size_t n = strlen(s);
	ip46 ip;

	if (n < 3 || n - 2 >= sizeof address || s[n - 1] != ']') return 0;
	memcpy(address, s + 1, n - 2);
	address[n - 2] = 0;
	return ip46_scan(address, &ip) == n - 2 && ip.is6;
}

static size_t
length(char const *s)
{
	size_t n = strlen(s);

	return n && s[n - 1] == '.' ? n - 1 : n;
}

int
host_ok(char const *s)
{
	static char const known[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	if (s[0] == '[') return bracketed(s);
	if (length(s) > NAME) return 0;
	do {
		size_t n = strspn(s, known);

		if (n == 0 || n > LABEL || s[0] == '-' || s[n - 1] == '-') return 0;
		s += n;
		if (*s && *s++ != '.') return 0;
	} while (*s);
	return 1;
}

void
host_fold(char *out, char const *s)
{
	size_t n = length(s);
	size_t i;

	for (i = 0; i < n; i++) out[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i];
	out[n] = 0;
}

int
host_same(char const *a, char const *b)
{
	return length(a) == length(b) && strncasecmp(a, b, length(a)) == 0;
}
