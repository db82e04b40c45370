/* Paths, in the three forms that are taken, left to right over one bounded line. */

#include <string.h>

#include "smtp/domain.h"
#include "smtp/mailbox.h"
#include "smtp/path.h"

static char const blanks[] = " \t";

/* "@" domain; returns what follows, or NULL. A literal may hold colons. */
static char const *
at_domain(char const *s, int strict)
{
	size_t n;

	if (*s++ != '@') return NULL;
	n = strcspn(s, *s == '[' ? "]" : ",:> \t");
	if (s[n] == ']') n++;
	return domain_ok(s, n, strict) ? s + n : NULL;
}

/* "@a,@b:" is stripped: RFC 5321 appendix C. */
static char const *
source_route(struct path *p, char const *s, int strict)
{
	if (*s != '@') return s;
	p->odd |= PATH_ROUTE;
	do s = at_domain(s, strict);
	while (s && *s++ == ',');
	return s && s[-1] == ':' ? s : NULL;
}

static char const *
bracketed(struct path *p, char const *s, unsigned int rules)
{
	s = source_route(p, s + 1, (rules & PATH_STRICT) != 0);
	if (s) s = mailbox_parse(p, s, rules);
	return s && *s == '>' ? s + 1 : NULL;
}

/* Quoted-string: returns what follows, or NULL if it does not end. */
static char const *
skip_quoted(char const *s)
{
	for (s++; *s && *s != '"'; s++)
		if (*s == '\\' && s[1]) s++;
	return *s ? s + 1 : NULL;
}

/* The '<' that ends a display name; NULL if there is none, or it is a parameter's value. */
static char const *
end_of_name(char const *s)
{
	char const *p = s;

	while (p && *p && *p != '<' && *p != '>') p = *p == '"' ? skip_quoted(p) : p + 1;
	return p && *p == '<' && (p == s || p[-1] != '=') ? p : NULL;
}

static size_t
trimmed(char const *s, size_t n)
{
	while (n && strchr(blanks, s[n - 1])) n--;
	return n;
}

static char const *
any_form(struct path *p, char const *s, unsigned int rules)
{
	char const *open;

	if (*s == '<') return bracketed(p, s, rules);
	if (rules & PATH_STRICT) return NULL;
	open = end_of_name(s);
	if (open) {
		p->odd |= PATH_NAME;
		if (trimmed(s, (size_t)(open - s)) > NAME_BYTES) return NULL;
		return bracketed(p, open, rules);
	}
	p->odd |= PATH_NOBRACKET;
	if (*s == 0) return NULL;
	s = mailbox_parse(p, s, rules);
	return s && (*s == 0 || strchr(blanks, *s)) ? s : NULL;
}

/* A bracket in what follows is a second path, but for one in a value: AUTH=<>. */
static int
second_path(char const *s)
{
	while (*s) {
		size_t n = strcspn(s, "<>= \t");

		if (s[n] == '<' || s[n] == '>') return 1;
		s += n;
		s += strcspn(s, blanks);
		s += strspn(s, blanks);
	}
	return 0;
}

enum path_result
path_parse(struct path *p, char *s, unsigned int rules, char **params)
{
	char const *end;
	enum utf8text text;

	memset(p, 0, sizeof *p);
	if (!(rules & PATH_STRICT)) s += strspn(s, blanks);
	end = any_form(p, s, rules);
	if (!end || (rules & PATH_FORWARD && p->mailbox[0] == 0)) return PATH_BAD;
	text = utf8text(s, (size_t)(end - s));
	if (text == UTF8TEXT_BAD) return PATH_UTF8;
	p->utf8 = text == UTF8TEXT_GOOD;
	if (rules & PATH_STRICT && *end && *end != ' ') return PATH_BAD;
	end += strspn(end, blanks);
	if (second_path(end)) return PATH_BAD;
	*params = s + (end - s);
	return PATH_OK;
}
