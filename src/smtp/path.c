/* Paths: one function per production, left to right over one bounded line. */

#include <string.h>

#include "smtp/path.h"

static char const blanks[] = " \t";

static int
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 5321 atext, and the dot wherever it stands: old gateways send a..b@c. */
static int
is_atext(char c)
{
	return c && (is_alnum(c) || strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

static int
label_ok(char const *s, size_t n)
{
	size_t i;

	if (n == 0 || n > 63) return 0;
	for (i = 0; i < n; i++)
		if (!is_alnum(s[i]) && s[i] != '-' && s[i] != '_') return 0;
	return 1;
}

static int
literal_ok(char const *s, size_t n)
{
	size_t i;

	if (n < 2 || s[n - 1] != ']') return 0;
	for (i = 1; i < n - 1; i++)
		if (!is_alnum(s[i]) && s[i] != '.' && s[i] != ':' && s[i] != '-') return 0;
	return 1;
}

int
path_domain_ok(char const *domain, size_t n)
{
	size_t i = 0;

	if (n == 0 || n > 255) return 0;
	if (domain[0] == '[') return literal_ok(domain, n);
	while (i < n) {
		char const *dot = memchr(domain + i, '.', n - i);
		size_t len = dot ? (size_t)(dot - domain) - i : n - i;

		if (!label_ok(domain + i, len)) return 0;
		i += len + 1;
		if (i == n) return 0; /* ends with a dot */
	}
	return 1;
}

static int
put(struct path *p, size_t *n, char c)
{
	if (*n + 1 >= sizeof p->mailbox) return 0;
	p->mailbox[(*n)++] = c;
	return 1;
}

/* Quoted-string: stored without its quotes, no TAB in it. Returns what follows, or NULL. */
static char const *
quoted(struct path *p, char const *s, size_t *n)
{
	for (s++; *s != '"'; s++) {
		if (*s == '\\') s++;
		if (*s < 0x20 || !put(p, n, *s)) return NULL;
	}
	return s + 1;
}

static char const *
local_part(struct path *p, char const *s, size_t *n)
{
	if (*s == '"') {
		s = quoted(p, s, n);
	} else {
		for (; is_atext(*s); s++)
			if (!put(p, n, *s)) return NULL;
	}
	p->local = *n;
	return *n && *n <= 255 ? s : NULL;
}

static char
lower(char c)
{
	if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
	return c;
}

static char const *
domain(struct path *p, char const *s, size_t *n)
{
	size_t len = strcspn(s, "> \t");
	size_t keep = len && s[len - 1] == '.' ? len - 1 : len;
	size_t i;

	if (!path_domain_ok(s, keep)) return NULL;
	for (i = 0; i < keep; i++)
		if (!put(p, n, lower(s[i]))) return NULL;
	p->domain = 1;
	return s + len;
}

/* Mailbox, or nothing. Returns what follows, or NULL. */
static char const *
mailbox(struct path *p, char const *s)
{
	size_t n = 0;

	if (*s && *s != '>') {
		s = local_part(p, s, &n);
		if (s && *s == '@') {
			if (!put(p, &n, '@')) return NULL;
			s = domain(p, s + 1, &n);
		}
	}
	p->mailbox[n] = 0;
	return s;
}

/* "@a,@b:" is stripped: RFC 5321 appendix C. */
static char const *
source_route(struct path *p, char const *s)
{
	size_t n;

	if (*s != '@') return s;
	n = strcspn(s, ":> \t\"");
	if (s[n] != ':') return NULL;
	p->odd |= PATH_ROUTE;
	return s + n + 1;
}

static char const *
bracketed(struct path *p, char const *s)
{
	s = source_route(p, s + 1);
	if (s) s = mailbox(p, s);
	return s && *s == '>' ? s + 1 : NULL;
}

/* The first '<' outside quotes that is no parameter value's, or NULL. */
static char const *
find_bracket(char const *s)
{
	char const *p;
	int in = 0;

	for (p = s; *p; p++) {
		if (*p == '\\' && in && p[1])
			p++;
		else if (*p == '"')
			in = !in;
		else if (*p == '<' && !in)
			return p > s && p[-1] == '=' ? NULL : p;
	}
	return NULL;
}

static char const *
any_form(struct path *p, char const *s, int strict)
{
	char const *open;

	if (*s == '<') return bracketed(p, s);
	if (strict) return NULL;
	open = find_bracket(s);
	if (open) {
		p->odd |= PATH_NAME;
		return open - s <= 256 ? bracketed(p, open) : NULL;
	}
	p->odd |= PATH_NOBRACKET;
	if (*s == 0 || *s == '@') return NULL;
	s = mailbox(p, s);
	return s && (*s == 0 || strchr(blanks, *s)) ? s : NULL;
}

static int
has_8bit(char const *s)
{
	for (; *s; s++)
		if ((unsigned char)*s > 0x7f) return 1;
	return 0;
}

enum path_result
path_parse(struct path *p, char *s, int strict, char **params)
{
	char const *end;
	char const *second;

	memset(p, 0, sizeof *p);
	if (!strict) s += strspn(s, blanks);
	if (has_8bit(s)) return PATH_UTF8;
	end = any_form(p, s, strict);
	if (!end) return PATH_BAD;
	if (strict && *end && *end != ' ') return PATH_BAD;
	end += strspn(end, blanks);
	/* A second path on the line is no parameter: AUTH=<> is. */
	second = strchr(end, '<');
	if (second && second[-1] != '=') return PATH_BAD;
	*params = s + (end - s);
	return PATH_OK;
}
