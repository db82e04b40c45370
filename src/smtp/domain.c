/* Domains and address literals: RFC 5321 4.1.2 and 4.1.3. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

#include "smtp/domain.h"

/* A letter or digit, or a byte of one in a U-label. */
static int
is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (unsigned char)c > 0x7f;
}

static int
label_ok(char const *s, size_t n, int strict)
{
	size_t i;

	if (n == 0 || n > LABEL_MAX) return 0;
	for (i = 0; i < n; i++)
		if (!is_letter(s[i]) && s[i] != '-' && (strict || s[i] != '_')) return 0;
	return !strict || (is_letter(s[0]) && is_letter(s[n - 1]));
}

/* The one tag that is registered is IPv6. */
static int
literal_ok(char const *s, size_t n)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr in;
	int family = AF_INET;

	if (n < 2 || s[n - 1] != ']') return 0;
	s++;
	n -= 2;
	if (n > 5 && strncasecmp(s, "IPv6:", 5) == 0) {
		family = AF_INET6;
		s += 5;
		n -= 5;
	}
	if (n >= sizeof address) return 0;
	memcpy(address, s, n);
	address[n] = 0;
	return inet_pton(family, address, &in) == 1;
}

int
domain_ok(char const *s, size_t n, int strict)
{
	size_t i = 0;

	if (n == 0 || n > DOMAIN_MAX) return 0;
	if (s[0] == '[') return literal_ok(s, n);
	for (;;) {
		char const *dot = memchr(s + i, '.', n - i);
		size_t len = dot ? (size_t)(dot - s) - i : n - i;

		if (!label_ok(s + i, len, strict)) return 0;
		if (!dot) return 1;
		i += len + 1;
	}
}
