/* Mailboxes: one function per production of RFC 5321 4.1.2. */

#include <string.h>
#include <strings.h>

#include "smtp/domain.h"
#include "smtp/mailbox.h"

enum { LOCAL_MAX = 64, LOCAL_MOST = 255 }; /* octets: RFC 5321 4.5.3.1.1; with LONGLOCAL */

static int
is_atext(char c)
{
	static char const others[] = "!#$%&'*+-/=?^_`{|}~";

	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (unsigned char)c > 0x7f || (c && strchr(others, c));
}

static int
put(struct path *p, size_t *n, char c)
{
	if (*n + 1 >= sizeof p->mailbox) return 0;
	p->mailbox[(*n)++] = c;
	return 1;
}

/* Stored without its quotes; no control character, not even quoted. */
static char const *
quoted_string(struct path *p, char const *s, size_t *n)
{
	for (s++; *s != '"'; s++) {
		if (*s == '\\') s++;
		if ((unsigned char)*s < 0x20 || !put(p, n, *s)) return NULL;
	}
	return s + 1;
}

/* Old gateways send a..b@c and a.@c: dots stand anywhere unless strict. */
static char const *
dot_string(struct path *p, char const *s, size_t *n, int strict)
{
	char last = '.';

	for (; is_atext(*s) || *s == '.'; s++) {
		if (strict && *s == '.' && last == '.') return NULL;
		last = *s;
		if (!put(p, n, *s)) return NULL;
	}
	return strict && last == '.' ? NULL : s;
}

static char const *
local_part(struct path *p, char const *s, size_t *n, unsigned int rules)
{
	size_t most = rules & PATH_LONGLOCAL ? LOCAL_MOST : LOCAL_MAX;

	s = *s == '"' ? quoted_string(p, s, n) : dot_string(p, s, n, (rules & PATH_STRICT) != 0);
	p->local = *n;
	return *n && *n <= most ? s : NULL;
}

static char
lower(char c)
{
	if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
	return c;
}

/* qmail's sender of what bounced twice, <#@[]>. */
static int
double_bounce(struct path const *p, char const *s, size_t len)
{
	return p->local == 1 && p->mailbox[0] == '#' && len == 2 && memcmp(s, "[]", 2) == 0;
}

static char const *
domain(struct path *p, char const *s, size_t *n, unsigned int rules)
{
	int strict = (rules & PATH_STRICT) != 0;
	size_t len = strcspn(s, "> \t");
	size_t keep = !strict && len && s[len - 1] == '.' ? len - 1 : len;
	size_t i;

	if (!domain_ok(s, keep, strict)
	    && (rules & (PATH_STRICT | PATH_FORWARD) || !double_bounce(p, s, keep)))
		return NULL;
	for (i = 0; i < keep; i++)
		if (!put(p, n, lower(s[i]))) return NULL;
	p->domain = 1;
	return s + len;
}

/* RFC 5321 4.5.1: postmaster needs no domain. */
static int
alone_ok(struct path const *p, unsigned int rules)
{
	return rules & PATH_ALONE
	    || (rules & PATH_FORWARD && strcasecmp(p->mailbox, "postmaster") == 0);
}

char const *
mailbox_parse(struct path *p, char const *s, unsigned int rules)
{
	size_t n = 0;

	if (*s && *s != '>') {
		s = local_part(p, s, &n, rules);
		if (s && *s == '@') {
			if (!put(p, &n, '@')) return NULL;
			s = domain(p, s + 1, &n, rules);
		}
	}
	p->mailbox[n] = 0;
	if (s && n && !p->domain && !alone_ok(p, rules)) return NULL;
	return s;
}
