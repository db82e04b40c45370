/* Two lines, which are in no argument and no environment: others can see those. */

#include <errno.h>
#include <string.h>

#include <skalibs/allreadwrite.h>

#include "lib/safe.h"
#include "smtp/credentials.h"

/* End the line at s, of which n bytes are left; returns what follows it. */
static char *
cut(char *s, size_t n)
{
	char *lf = memchr(s, '\n', n);

	if (!lf) return s + n;
	*lf = 0;
	if (lf > s && lf[-1] == '\r') lf[-1] = 0;
	return lf + 1;
}

char const *
credentials_read(struct credentials *c, int fd)
{
	char *s = c->space;
	char *secret;
	char *end;
	size_t n;

	errno = 0;
	n = allread(fd, s, sizeof c->space);
	if (errno) return "they cannot be read";
	if (n == sizeof c->space) return "they are longer than 4096 bytes";
	s[n] = 0;
	if (memchr(s, 0, n)) return "a NUL is in them";
	secret = cut(s, n);
	end = cut(secret, n - (size_t)(secret - s));
	if (!s[0] || !secret[0] || end != s + n)
		return "they are not a line with a name and one with a secret";
	if (!safe_is(s, strlen(s), 1)) return "a control byte is in the name";
	c->name = s;
	c->secret = secret;
	return NULL;
}

void
credentials_wipe(struct credentials *c)
{
	explicit_bzero(c->space, sizeof c->space);
}
