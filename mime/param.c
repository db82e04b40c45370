/* Parameters: RFC 2045 section 5.1, read with the tolerance RFC 7103 asks for. */

#include <string.h>

#include "mime/param.h"
#include "mime/token.h"

struct cursor {
	char const *s;
	size_t n;
	size_t i;
	char *text;
	size_t room;
	size_t comment; /* where the last one ends that was no last one */
};

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t
mime_comment(char const *s, size_t n)
{
	size_t depth = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n)
			i++;
		else if (s[i] == '(')
			depth++;
		else if (s[i] == ')' && --depth == 0)
			return i + 1;
	}
	return n;
}

/* Blanks, comments and stray semicolons. */
static void
skip(struct cursor *c)
{
	while (c->i < c->n) {
		if (c->s[c->i] == '(')
			c->i += mime_comment(c->s + c->i, c->n - c->i);
		else if (is_blank(c->s[c->i]) || c->s[c->i] == ';')
			c->i++;
		else
			break;
	}
}

/* Around the equals sign. */
static void
blanks(struct cursor *c, int comments)
{
	while (c->i < c->n) {
		if (comments && c->s[c->i] == '(')
			c->i += mime_comment(c->s + c->i, c->n - c->i);
		else if (is_blank(c->s[c->i]))
			c->i++;
		else
			break;
	}
}

static void
put(struct cursor *c, struct mime_param *p, char b)
{
	if (c->room == 0) return;
	*c->text++ = b;
	c->room--;
	p->len++;
}

static void
quoted(struct cursor *c, struct mime_param *p)
{
	for (c->i++; c->i < c->n && c->s[c->i] != '"'; c->i++) {
		/* A backslash is a quoted pair only before what needs one: paths from Windows. */
		if (c->s[c->i] == '\\' && c->i + 1 < c->n
		    && (c->s[c->i + 1] == '"' || c->s[c->i + 1] == '\\'))
			c->i++;
		put(c, p, c->s[c->i]);
	}
	if (c->i < c->n) c->i++;
}

/* Whether blanks may stand in the unquoted value: only in file names do they. */
static int
takes_blanks(struct mime_param const *p)
{
	return (p->namelen >= 8 && mime_is_word(p->name, "filename", 8))
	    || (p->namelen >= 4 && mime_is_word(p->name, "name", 4));
}

/* A comment after a blank that nothing but the end follows; one within another is not asked. */
static int
last_comment(struct cursor *c)
{
	size_t i = c->i;

	if (i < c->comment || c->s[i] != '(' || i == 0 || !is_blank(c->s[i - 1])) return 0;
	i += mime_comment(c->s + i, c->n - i);
	c->comment = i;
	while (i < c->n && is_blank(c->s[i])) i++;
	return i == c->n || c->s[i] == ';';
}

static void
unquoted(struct cursor *c, struct mime_param *p)
{
	int spaced = takes_blanks(p);

	for (; c->i < c->n && c->s[c->i] != ';'; c->i++) {
		if (!spaced && (is_blank(c->s[c->i]) || c->s[c->i] == '(')) break;
		if (last_comment(c)) break;
		put(c, p, c->s[c->i]);
	}
	while (p->len > 0 && is_blank(p->value[p->len - 1])) {
		p->len--;
		c->text--;
		c->room++;
	}
}

/* A 0 too: it is no part of a name. */
static int
ends_name(char c)
{
	return c == '=' || c == ';' || c == '(' || c == '"' || c == 0 || is_blank(c);
}

/* attribute "=" value; without the "=" the attribute alone, its value empty. */
static void
parameter(struct cursor *c, struct mime_param *p)
{
	p->name = c->s + c->i;
	while (c->i < c->n && !ends_name(c->s[c->i])) c->i++;
	p->namelen = (size_t)(c->s + c->i - p->name);
	p->value = c->text;
	p->len = 0;
	blanks(c, 1);
	if (c->i == c->n || c->s[c->i] != '=') {
		if (c->i < c->n && c->s[c->i] == '"') quoted(c, p);
		return;
	}
	c->i++;
	/* A file name may well begin with a parenthesis. */
	blanks(c, !takes_blanks(p));
	if (c->i < c->n && c->s[c->i] == '"')
		quoted(c, p);
	else
		unquoted(c, p);
}

void
mime_params_parse(struct mime_params *p, char const *s, size_t n)
{
	struct cursor c = { .s = s, .n = n, .text = p->text, .room = p->room };

	p->n = 0;
	p->cut = 0;
	for (skip(&c); c.i < n; skip(&c)) {
		size_t from = c.i;

		if (p->n == p->max) {
			p->cut = 1;
			return;
		}
		parameter(&c, p->list + p->n);
		if (p->list[p->n].namelen > 0) p->n++;
		if (c.i == from) c.i++;
	}
	p->cut = c.room == 0;
}

struct mime_param const *
mime_params_find(struct mime_params const *p, char const *name, int *twice)
{
	struct mime_param const *found = NULL;
	size_t len = strlen(name);
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (p->list[i].namelen != len || !mime_is_word(p->list[i].name, name, len))
			continue;
		if (found) {
			*twice = 1;
			break;
		}
		found = p->list + i;
	}
	return found;
}
