/* Parameters: RFC 2045 section 5.1, read with the tolerance RFC 7103 asks for. */

#include "mime/param.h"
#include "mime/copy.h"
#include "mime/token.h"

struct cursor {
	char const *s;
	size_t n;
	size_t i;
	char *text;
	size_t room;
	size_t comment; /* where the last one ends that was no last one */
	int starred;    /* a name has an asterisk */
	int cut;        /* bytes of a value did not fit */
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

/* The next n bytes are of the value. */
static void
put(struct cursor *c, struct mime_param *p, size_t n)
{
	size_t k = n < c->room ? n : c->room;

	mime_copy(c->text, c->s + c->i, k);
	c->i += n;
	c->text += k;
	c->room -= k;
	p->len += k;
	/* Not by the room that is left: blanks at the end of a value are given back. */
	if (k < n) c->cut = 1;
}

static void
quoted(struct cursor *c, struct mime_param *p)
{
	c->i++;
	while (c->i < c->n && c->s[c->i] != '"') {
		size_t k = c->i + 1;

		/* A backslash is a quoted pair only before what needs one: paths from Windows. */
		if (c->s[c->i] == '\\' && k < c->n && (c->s[k] == '"' || c->s[k] == '\\')) {
			c->i++;
			k++;
		}
		while (k < c->n && c->s[k] != '"' && c->s[k] != '\\') k++;
		put(c, p, k - c->i);
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
unquoted(struct cursor *c, struct mime_param *p, int spaced)
{
	while (c->i < c->n && c->s[c->i] != ';') {
		size_t k = c->i + 1;

		if (!spaced && (is_blank(c->s[c->i]) || c->s[c->i] == '(')) break;
		if (last_comment(c)) break;
		while (k < c->n && mime_is_alnum(c->s[k])) k++;
		put(c, p, k - c->i);
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
	size_t i = c->i;
	int spaced;

	p->name = c->s + i;
	for (; i < c->n; i++) {
		char b = c->s[i];

		if (mime_is_alnum(b)) continue;
		if (ends_name(b)) break;
		if (b == '*') c->starred = 1;
	}
	c->i = i;
	p->namelen = (size_t)(c->s + c->i - p->name);
	p->value = c->text;
	p->len = 0;
	if (c->i < c->n && c->s[c->i] != '=') blanks(c, 1);
	if (c->i == c->n || c->s[c->i] != '=') {
		if (c->i < c->n && c->s[c->i] == '"') quoted(c, p);
		return;
	}
	c->i++;
	/* A file name may well begin with a parenthesis. */
	spaced = takes_blanks(p);
	if (c->i < c->n && !mime_is_alnum(c->s[c->i])) blanks(c, !spaced);
	if (c->i < c->n && c->s[c->i] == '"')
		quoted(c, p);
	else
		unquoted(c, p, spaced);
}

void
mime_params_parse(struct mime_params *p, char const *s, size_t n)
{
	struct cursor c = { .s = s, .n = n, .text = p->text, .room = p->room };

	p->n = 0;
	p->cut = 0;
	p->starred = 0;
	for (skip(&c); c.i < n; skip(&c)) {
		size_t from = c.i;

		if (p->n == p->max) {
			p->cut = 1;
			return;
		}
		parameter(&c, p->list + p->n);
		p->starred = c.starred;
		if (p->list[p->n].namelen > 0) p->n++;
		if (c.i == from) c.i++;
	}
	p->cut = c.cut;
}

size_t
mime_param_begins(struct mime_param const *p, char const *word)
{
	size_t i = 0;

	while (i < p->namelen && word[i] && mime_lower(p->name[i]) == word[i]) i++;
	return word[i] ? 0 : i;
}

struct mime_param const *
mime_params_find(struct mime_params const *p, char const *name, int *twice)
{
	struct mime_param const *found = NULL;
	size_t i;

	for (i = 0; i < p->n; i++) {
		/* Most differ in the first letter. */
		if (mime_lower(*p->list[i].name) != *name) continue;
		if (mime_param_begins(p->list + i, name) != p->list[i].namelen) continue;
		if (found) {
			*twice = 1;
			break;
		}
		found = p->list + i;
	}
	return found;
}
