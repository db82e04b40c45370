/* Encoded words, the decoder: RFC 2047 sections 2, 4 and 6.2. */

#include <string.h>
#include <strings.h>

#include "mime/b64.h"
#include "mime/charset.h"
#include "mime/qp.h"
#include "mime/word.h"

/* Bytes of adjacent words that are joined before conversion. */
#define JOIN 4096

struct word {
	char const *charset;
	size_t charsetlen;
	char encoding; /* 'b' or 'q' */
	char const *text;
	size_t len;
};

struct joiner {
	char *out;
	size_t max;
	size_t w;
	int *bad;
	struct word last; /* whose charset holds for raw; text NULL: none */
	size_t n;
	char raw[JOIN];
};

static char
lower(char c)
{
	if (c < 'A' || c > 'Z') return c;
	return (char)(c + 32);
}

/* "=?" charset ["*" language] "?" encoding "?" text "?=": its length, or 0. */
static size_t
parse(struct word *x, char const *s, size_t n)
{
	char const *mark;
	char const *star;
	char const *end;

	if (n < 9 || s[0] != '=' || s[1] != '?') return 0;
	mark = memchr(s + 2, '?', n - 2);
	if (!mark || mark - s > 80 || s + n - mark < 5 || mark[2] != '?') return 0;
	x->charset = s + 2;
	x->charsetlen = (size_t)(mark - x->charset);
	if (memchr(x->charset, ' ', x->charsetlen)) return 0;
	star = memchr(x->charset, '*', x->charsetlen);
	if (star) x->charsetlen = (size_t)(star - x->charset);
	x->encoding = lower(mark[1]);
	if (x->encoding != 'b' && x->encoding != 'q') return 0;
	x->text = mark + 3;
	for (end = x->text; end + 1 < s + n; end++)
		if (end[0] == '?' && end[1] == '=') break;
	if (end + 1 >= s + n) return 0;
	x->len = (size_t)(end - x->text);
	return (size_t)(end + 2 - s);
}

static void
flush(struct joiner *j)
{
	struct mime_charset const *cs;

	if (!j->last.text) return;
	cs = mime_charset_find(j->last.charset, j->last.charsetlen);
	j->w += mime_charset_utf8(cs, j->raw, j->n, j->out + j->w, j->max - j->w, j->bad);
	j->n = 0;
	j->last.text = NULL;
}

static void
plain(struct joiner *j, char const *s, size_t n)
{
	flush(j);
	j->w +=
	    mime_charset_utf8(mime_charset_find("", 0), s, n, j->out + j->w, j->max - j->w, j->bad);
}

static void
add_q(struct joiner *j, struct word const *x)
{
	size_t i;

	for (i = 0; i < x->len && j->n < JOIN; i++) {
		char c = x->text[i];
		int v =
		    c == '=' && x->len - i > 2 ? mime_hex_byte(x->text[i + 1], x->text[i + 2]) : -1;

		if (c == '_') c = ' ';
		if (v >= 0) {
			c = (char)v;
			i += 2;
		}
		j->raw[j->n++] = c;
	}
}

static void
add_b(struct joiner *j, struct word const *x)
{
	uint32_t bits = 0;
	unsigned int held = 0;
	size_t i;

	for (i = 0; i < x->len && j->n < JOIN; i++) {
		unsigned int v = mime_b64_value[(unsigned char)x->text[i]];

		if (v >= MIME_B64_PAD) continue;
		bits = bits << 6 | v;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		j->raw[j->n++] = (char)(bits >> held);
	}
}

static void
add(struct joiner *j, struct word const *x)
{
	if (j->last.text
	    && (j->last.charsetlen != x->charsetlen
	        || strncasecmp(j->last.charset, x->charset, x->charsetlen) != 0))
		flush(j);
	if (j->n + x->len > JOIN) flush(j);
	j->last = *x;
	if (x->encoding == 'q')
		add_q(j, x);
	else
		add_b(j, x);
}

size_t
mime_word_decode(char const *in, size_t n, char *out, size_t max, int *bad)
{
	struct joiner j;
	size_t from = 0; /* text not yet given out */
	size_t i = 0;

	j.out = out;
	j.max = max;
	j.w = 0;
	j.bad = bad;
	j.last.text = NULL;
	j.n = 0;
	while (i < n) {
		struct word x;
		size_t len = in[i] == '=' ? parse(&x, in + i, n - i) : 0;
		size_t gap = from;

		if (len == 0) {
			i++;
			continue;
		}
		while (j.last.text && gap < i && strchr(" \t\r\n", in[gap])) gap++;
		if (gap < i || !j.last.text) plain(&j, in + from, i - from);
		add(&j, &x);
		i += len;
		from = i;
	}
	plain(&j, in + from, n - from);
	return j.w;
}
