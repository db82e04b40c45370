/* Encoded words, the decoder: RFC 2047 sections 2, 4 and 6.2. */

#include <string.h>
#include <strings.h>

#include "mime/b64.h"
#include "mime/charset.h"
#include "mime/copy.h"
#include "mime/qp.h"
#include "mime/shown.h"
#include "mime/word.h"

/* Bytes of a word decoded at a time. */
#define PIECE 192

/* The longest charset, its language too. */
#define CHARSET 80

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
	int full; /* no more fits */
	int *bad;
	char const *end;  /* of the input */
	char const *mark; /* the last "?=" that was looked for, end if there is none */
	struct word last; /* the word before, whose converter is open; text NULL: none */
	struct mime_converter converter;
};

static char
lower(char c)
{
	if (c < 'A' || c > 'Z') return c;
	return (char)(c + 32);
}

/* The next "?=" from s on. Words are asked for in order: no byte is looked at twice. */
static char const *
closing(struct joiner *j, char const *s)
{
	if (j->mark && s <= j->mark) return j->mark;
	for (; j->end - s > 1; s++)
		if (s[0] == '?' && s[1] == '=') return j->mark = s;
	return j->mark = j->end;
}

/* "=?" charset ["*" language] "?" encoding "?" text "?=": its length, or 0. */
static size_t
parse(struct joiner *j, struct word *x, char const *s)
{
	size_t n = (size_t)(j->end - s);
	char const *mark;
	char const *star;
	char const *end;

	if (n < 9 || s[0] != '=' || s[1] != '?') return 0;
	mark = memchr(s + 2, '?', n - 2 < CHARSET ? n - 2 : CHARSET);
	if (!mark || j->end - mark < 5 || mark[2] != '?') return 0;
	x->charset = s + 2;
	x->charsetlen = (size_t)(mark - x->charset);
	if (memchr(x->charset, ' ', x->charsetlen)) return 0;
	star = memchr(x->charset, '*', x->charsetlen);
	if (star) x->charsetlen = (size_t)(star - x->charset);
	x->encoding = lower(mark[1]);
	if (x->encoding != 'b' && x->encoding != 'q') return 0;
	x->text = mark + 3;
	end = closing(j, x->text);
	if (end == j->end) return 0;
	x->len = (size_t)(end - x->text);
	return (size_t)(end + 2 - s);
}

/* Add UTF-8, whole characters only. */
static void
put(struct joiner *j, char const *s, size_t n)
{
	size_t k = j->max - j->w;

	if (j->full) return;
	if (k >= n)
		k = n;
	else
		j->full = 1;
	while (j->full && k > 0 && ((unsigned char)s[k] & 0xc0) == 0x80) k--;
	memcpy(j->out + j->w, s, k);
	j->w += k;
}

static void
convert(struct joiner *j, char const *raw, size_t n)
{
	char text[MIME_CONVERTED(PIECE)];

	put(j, text, mime_convert(&j->converter, raw, n, text));
}

/* The words joined so far are over. */
static void
flush(struct joiner *j)
{
	char text[MIME_CONVERTED(0)];

	if (!j->last.text) return;
	put(j, text, mime_convert_end(&j->converter, text));
	if (j->converter.bad) *j->bad = 1;
	j->last.text = NULL;
}

static void
plain(struct joiner *j, char const *s, size_t n)
{
	flush(j);
	if (j->full) return;
	j->w +=
	    mime_charset_utf8(mime_charset_find("", 0), s, n, j->out + j->w, j->max - j->w, j->bad);
	/* What did not fit may be a character of four bytes; nothing goes after it. */
	j->full = j->max - j->w < 4;
}

static void
add_q(struct joiner *j, struct word const *x)
{
	char raw[PIECE];
	size_t n = 0;
	size_t i;

	for (i = 0; i < x->len; i++) {
		char c = x->text[i];
		int v =
		    c == '=' && x->len - i > 2 ? mime_hex_byte(x->text[i + 1], x->text[i + 2]) : -1;

		if (c == '_') c = ' ';
		if (v >= 0) {
			c = (char)v;
			i += 2;
		}
		if (n == PIECE) {
			convert(j, raw, n);
			n = 0;
		}
		raw[n++] = c;
	}
	convert(j, raw, n);
}

static void
add_b(struct joiner *j, struct word const *x)
{
	char raw[PIECE];
	size_t n = 0;
	uint32_t bits = 0;
	unsigned int held = 0;
	size_t i;

	for (i = 0; i < x->len; i++) {
		unsigned int v = mime_b64_value[(unsigned char)x->text[i]];

		if (v >= MIME_B64_PAD) continue;
		bits = bits << 6 | v;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		if (n == PIECE) {
			convert(j, raw, n);
			n = 0;
		}
		raw[n++] = (char)(bits >> held);
	}
	convert(j, raw, n);
}

static int
goes_on(struct joiner const *j, struct word const *x)
{
	return j->last.text && j->last.charsetlen == x->charsetlen
	    && strncasecmp(j->last.charset, x->charset, x->charsetlen) == 0
	    && !mime_charset_shifts(j->converter.cs);
}

static void
add(struct joiner *j, struct word const *x)
{
	if (!goes_on(j, x)) {
		flush(j);
		mime_convert_begin(&j->converter, mime_charset_find(x->charset, x->charsetlen));
	}
	j->last = *x;
	if (x->encoding == 'q')
		add_q(j, x);
	else
		add_b(j, x);
}

/* Whether nothing but blanks, line ends too, stands between two words. */
static int
is_gap(char const *s, size_t n)
{
	while (n > 0 && *s && strchr(" \t\r\n", *s)) {
		s++;
		n--;
	}
	return n == 0;
}

/* Not in its caller: what is itself needs none of this. */
__attribute__((noinline)) static size_t
decode(char const *in, size_t n, char *out, size_t max, int *bad)
{
	struct joiner j = { .out = out, .max = max, .bad = bad, .end = in + n };
	size_t from = 0; /* text not yet given out */
	size_t i = 0;

	while (i < n && !j.full) {
		struct word x;
		size_t len = in[i] == '=' ? parse(&j, &x, in + i) : 0;

		if (len == 0) {
			i++;
			continue;
		}
		if (!j.last.text || !is_gap(in + from, i - from)) plain(&j, in + from, i - from);
		add(&j, &x);
		i += len;
		from = i;
	}
	if (!j.full) plain(&j, in + from, n - from);
	flush(&j);
	return j.w;
}

size_t
mime_word_decode(char const *in, size_t n, char *out, size_t max, int *bad)
{
	/* Text that is the same in UTF-8, as most names and many subjects are. */
	if (n > max || !mime_is_shown(in, n, '=')) return decode(in, n, out, max, bad);
	mime_copy(out, in, n);
	return n;
}
