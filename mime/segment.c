/* Parameter values in segments and charsets: RFC 2231 sections 3 and 4. */

#include <string.h>

#include "mime/charset.h"
#include "mime/param.h"
#include "mime/qp.h"
#include "mime/word.h"

#define SEGMENTS 100
#define VALUE 4100 /* bytes of a joined value before conversion: more than a name may have */

struct segments {
	struct mime_param const *at[SEGMENTS];
	unsigned char extended[SEGMENTS];
	int twice;
	int more; /* there are some with larger numbers */
};

struct value {
	size_t n;
	int cut;
	char s[VALUE];
};

/*
 * "*", "*3" or "*3*" after the name: the number, SEGMENTS at most, or -1; a lone "*"
 * is segment 0.
 */
static int
number(char const *s, size_t n, unsigned char *extended)
{
	int v = 0;
	size_t i;

	if (n == 0 || s[0] != '*') return -1;
	*extended = s[n - 1] == '*';
	if (n == 1) return 0;
	n -= *extended;
	if (n < 2 || (s[1] == '0' && n > 2)) return -1;
	for (i = 1; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') return -1;
		if (v < SEGMENTS) v = v * 10 + (s[i] - '0');
	}
	return v < SEGMENTS ? v : SEGMENTS;
}

static void
collect(struct segments *g, struct mime_params const *p, char const *name)
{
	int found = 0;
	size_t i;

	/* For the most part there is none: nothing else is looked at then. */
	g->at[0] = NULL;
	g->twice = g->more = 0;
	for (i = 0; p->starred && i < p->n; i++) {
		struct mime_param const *x = p->list + i;
		size_t len = mime_param_begins(x, name);
		unsigned char extended = 0;
		int k;

		if (len == 0) continue;
		k = number(x->name + len, x->namelen - len, &extended);
		if (k < 0) continue;
		if (!found) memset(g, 0, sizeof *g);
		found = 1;
		if (k == SEGMENTS) {
			g->more = 1;
			continue;
		}
		if (g->at[k]) {
			g->twice = 1;
			continue;
		}
		g->at[k] = x;
		g->extended[k] = extended;
	}
}

static void
append(struct value *v, char const *s, size_t n, int extended)
{
	size_t i;

	for (i = 0; i < n && v->n < VALUE; i++) {
		char c = s[i];
		int byte =
		    extended && c == '%' && n - i > 2 ? mime_hex_byte(s[i + 1], s[i + 2]) : -1;

		if (byte >= 0) {
			c = (char)byte;
			i += 2;
		}
		v->s[v->n++] = c;
	}
	if (i < n) v->cut = 1;
}

/* charset'language' before the first segment: its length with both marks, or 0. */
static size_t
prefix(struct mime_param const *x, size_t *charset)
{
	char const *one = memchr(x->value, '\'', x->len);
	char const *two;

	if (!one) return 0;
	*charset = (size_t)(one - x->value);
	two = memchr(one + 1, '\'', x->len - *charset - 1);
	return two ? (size_t)(two + 1 - x->value) : 0;
}

int
mime_params_twice(struct mime_params const *p, char const *name)
{
	struct segments g;
	int twice = 0;

	if (p->n < 2) return 0;
	collect(&g, p, name);
	mime_params_find(p, name, &twice);
	return twice || g.twice;
}

/*
 * The segments joined and decoded; 0 if they hold nothing. Not in its caller: most
 * values have none, and need not bring in a page of stack for them.
 */
__attribute__((noinline)) static int
joined(struct segments const *g, char *out, size_t max, size_t *len, int *bad)
{
	struct value v;
	size_t charset = 0;
	size_t skip = 0;
	int coded = 0;
	size_t i;

	v.n = 0;
	v.cut = 0;
	if (g->extended[0]) skip = prefix(g->at[0], &charset);
	for (i = 0; i < SEGMENTS && g->at[i]; i++) {
		size_t from = i == 0 ? skip : 0;

		append(&v, g->at[i]->value + from, g->at[i]->len - from, g->extended[i]);
		coded |= g->extended[i];
	}
	if (coded)
		*len = mime_charset_utf8(mime_charset_find(g->at[0]->value, skip ? charset : 0),
		    v.s, v.n, out, max, bad);
	else
		*len = mime_word_decode(v.s, v.n, out, max, bad);
	if (v.cut || (i == SEGMENTS && g->more)) *bad |= MIME_PARAM_CUT;
	return v.n > 0;
}

enum mime_param_kind
mime_params_text(
    struct mime_params const *p, char const *name, char *out, size_t max, size_t *len, int *bad)
{
	struct segments g;
	int twice = 0;
	struct mime_param const *plain = mime_params_find(p, name, &twice);

	collect(&g, p, name);
	if (g.at[0] && (joined(&g, out, max, len, bad) || !plain)) return MIME_PARAM_EXTENDED;
	if (!plain) return MIME_PARAM_NONE;
	*len = mime_word_decode(plain->value, plain->len, out, max, bad);
	return MIME_PARAM_PLAIN;
}
