/* Lists of addresses: RFC 5322 sections 3.4 and 4.4. */

#include <string.h>

#include "mime/addr.h"
#include "mime/param.h"
#include "mime/word.h"

/* Bytes of a name before its words are decoded. */
#define NAME 4096

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
trim(char const **s, size_t *n)
{
	while (*n > 0 && is_blank(**s)) {
		(*s)++;
		(*n)--;
	}
	while (*n > 0 && is_blank((*s)[*n - 1])) (*n)--;
}

/*
 * The bytes of what opens at offset i: a quoted string, a comment, a domain
 * literal; 1 for others. A bracket opens only behind "@": names have them too.
 */
static size_t
unit(char const *s, size_t i, size_t n)
{
	char end = s[i] == '"' ? '"' : ']';
	size_t j;

	if (s[i] == '(') return mime_comment(s + i, n - i);
	if (s[i] != '"' && !(s[i] == '[' && i > 0 && s[i - 1] == '@')) return 1;
	for (j = i + 1; j < n && s[j] != end; j++)
		if (s[j] == '\\' && j + 1 < n) j++;
	return (j < n ? j + 1 : n) - i;
}

/* Blanks, comments, and separators that separate nothing. */
static void
skip(struct mime_addrs *a)
{
	while (a->i < a->n) {
		char c = a->s[a->i];

		if (c == '(')
			a->i += mime_comment(a->s + a->i, a->n - a->i);
		else if (is_blank(c) || c == ',' || (c == ';' && !a->grouped))
			a->i++;
		else
			break;
	}
}

/* Where the parts of an entry are; n if there is no such part. */
struct entry {
	size_t open;
	size_t close;
	size_t comment; /* the last one outside of the brackets */
	size_t after;   /* and its end */
	size_t end;
	int group;
};

static struct entry
find(struct mime_addrs const *a)
{
	struct entry e = { .open = a->n, .close = a->n, .comment = a->n };
	size_t i = a->i;

	while (i < a->n) {
		char c = a->s[i];
		int inside = e.open < a->n && e.close == a->n;
		size_t k = unit(a->s, i, a->n);

		if (!inside && (c == ',' || c == ';')) break;
		if (!inside && c == ':' && !a->grouped && e.open == a->n) {
			e.group = 1;
			break;
		}
		if (c == '<' && e.open == a->n) e.open = i;
		if (c == '>' && inside) e.close = i;
		if (c == '(' && !inside) {
			e.comment = i;
			e.after = i + k;
		}
		i += k;
	}
	e.end = i;
	return e;
}

static void
bracketed(struct mime_addrs const *a, struct entry const *e, struct mime_addr *x)
{
	int closed = e->close < e->end;
	char const *rest = a->s + (closed ? e->close + 1 : e->end);
	size_t n = (size_t)(a->s + e->end - rest);

	x->name = a->s + a->i;
	x->namelen = e->open - a->i;
	x->spec = a->s + e->open + 1;
	x->speclen = (closed ? e->close : e->end) - e->open - 1;
	trim(&rest, &n);
	x->broken = !closed || (n > 0 && *rest != '(');
}

static void
bare(struct mime_addrs const *a, struct entry const *e, struct mime_addr *x)
{
	x->name = x->spec = a->s + a->i;
	x->speclen = e->end - a->i;
	if (e->comment == a->n) return;
	x->name = a->s + e->comment;
	x->namelen = e->after - e->comment;
}

enum mime_addr_kind
mime_addr_next(struct mime_addrs *a, struct mime_addr *x)
{
	struct entry e;

	memset(x, 0, sizeof *x);
	skip(a);
	if (a->i < a->n && a->count++ >= MIME_ADDRS) {
		a->cut = 1;
		a->i = a->n;
	}
	if (a->grouped && (a->i == a->n || a->s[a->i] == ';')) {
		if (a->i < a->n) a->i++;
		a->grouped = 0;
		return MIME_ADDR_GROUP_END;
	}
	if (a->i == a->n) return MIME_ADDR_END;
	e = find(a);
	if (e.group) {
		x->name = a->s + a->i;
		x->namelen = e.end - a->i;
		trim(&x->name, &x->namelen);
		a->i = e.end + 1;
		a->grouped = 1;
		return MIME_ADDR_GROUP;
	}
	if (e.open < a->n)
		bracketed(a, &e, x);
	else
		bare(a, &e, x);
	trim(&x->name, &x->namelen);
	trim(&x->spec, &x->speclen);
	a->i = e.end;
	return MIME_ADDR_MAILBOX;
}

/* Past "@host,@host:", which old mail has before the address. */
static size_t
route(char const *s, size_t n)
{
	size_t i = 0;

	if (n == 0 || *s != '@') return 0;
	while (i < n && s[i] != ':') i += unit(s, i, n);
	return i < n ? i + 1 : 0;
}

static int
is_special(char c)
{
	return c && strchr("<>()[],;:\\\"", c);
}

static int
has_controls(char const *s, size_t n)
{
	while (n > 0 && !((s[n - 1] >= 0 && s[n - 1] < ' ') || s[n - 1] == 127)) n--;
	return n > 0;
}

size_t
mime_addr_spec(struct mime_addr const *x, char *out, size_t max)
{
	char const *s = x->spec;
	char before = '.'; /* what stands before a gap; only a dot or an "@" may */
	size_t at = 0;
	size_t w = 0;
	size_t i;
	size_t k;

	for (i = route(s, x->speclen); i < x->speclen; i += k) {
		k = unit(s, i, x->speclen);
		if (s[i] == '(' || is_blank(s[i])) {
			before = w > 0 ? out[w - 1] : '.';
			continue;
		}
		if (k > max - w || has_controls(s + i, k)) return 0;
		if ((k == 1 && is_special(s[i])) || (s[i] == '@' && at > 0)) return 0;
		if (!strchr(".@", before) && !strchr(".@", s[i])) return 0;
		before = '.';
		if (s[i] == '@') at = w;
		memcpy(out + w, s + i, k);
		w += k;
	}
	return at > 0 && at + 1 < w ? w : 0;
}

/* What is in the parentheses of a comment, or a phrase without quotes and comments. */
static size_t
unquote(char const *s, size_t n, char *out, size_t max)
{
	int whole = n > 0 && s[0] == '(';
	int quoted = 0;
	size_t w = 0;
	size_t i = whole ? 1 : 0;

	if (whole && n > 1 && s[n - 1] == ')') n--;
	while (i < n && w < max) {
		if (s[i] == '"' && !whole) {
			quoted = !quoted;
			i++;
		} else if (s[i] == '(' && !quoted && !whole) {
			i += mime_comment(s + i, n - i);
		} else {
			if (s[i] == '\\' && (quoted || whole) && i + 1 < n) i++;
			out[w++] = s[i++];
		}
	}
	return w;
}

size_t
mime_addr_name(struct mime_addr const *x, char *out, size_t max, int *bad)
{
	char plain[NAME];
	char const *s = plain;
	size_t n = unquote(x->name, x->namelen, plain, sizeof plain);

	trim(&s, &n);
	return mime_word_decode(s, n, out, max, bad);
}
