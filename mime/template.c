/* The name of a file from what is known of its part. */

#include <stdio.h>
#include <string.h>

#include "mime/date.h"
#include "mime/fname.h"
#include "mime/template.h"
#include "mime/utf8.h"

struct text {
	char *s;
	size_t n;
};

int
mime_template_valid(char const *t)
{
	if (strchr(t, '/') || !*t) return 0;
	for (; *t; t++)
		if (*t == '%' && (*++t == 0 || !strchr("nestimhd%", *t))) return 0;
	return 1;
}

int
mime_template_uses(char const *t, char letter)
{
	for (; *t; t++)
		if (*t == '%' && *++t == letter) return 1;
	return 0;
}

static void
put(struct text *x, char const *s, size_t n)
{
	if (n > MIME_TEMPLATE - 1 - x->n) n = MIME_TEMPLATE - 1 - x->n;
	memcpy(x->s + x->n, s, n);
	x->n += n;
}

/* The length of s without a character that was cut at its end. */
static size_t
whole_characters(char *s, size_t n)
{
	size_t start = n;
	uint32_t c;

	while (start > 0 && n - start < 4 && ((unsigned char)s[start - 1] & 0xc0) == 0x80) start--;
	if (start > 0 && mime_utf8_get(&c, s + start - 1, n - start + 1) == 0) n = start - 1;
	s[n] = 0;
	return n;
}

/* Not safe yet, but in one piece: what precedes a slash would be lost. */
static void
foreign(struct text *x, char const *s)
{
	size_t i = x->n;

	put(x, s, strlen(s));
	for (; i < x->n; i++)
		if (x->s[i] == '/' || x->s[i] == '\\') x->s[i] = '_';
}

/* A message without Message-ID has zeros, so that the name keeps its form. */
static void
message(struct text *x, struct mime_envelope const *v)
{
	char hex[MIME_SUM_HEX + 1] = "0000000000000000";
	struct mime_sum sum;

	if (v->message.n) {
		mime_sum_begin(&sum);
		mime_sum_add(&sum, v->message.s, v->message.n);
		mime_sum_hex(&sum, hex, MIME_TEMPLATE_SUM);
	}
	put(x, hex, MIME_TEMPLATE_SUM);
}

static void
date(struct text *x, struct mime_envelope const *v)
{
	struct mime_date d = { 0 };
	char s[64];
	int64_t seconds;

	if (mime_date_parse(v->sent.s, v->sent.n, &seconds)) mime_date_split(&d, seconds);
	(void)snprintf(s, sizeof s, "%04lld%02u%02u-%02u%02u%02u", (long long)d.year, d.month,
	    d.day, d.hour, d.minute, d.second);
	put(x, s, strlen(s));
}

size_t
mime_template(char *out, char const *t, char const *name, struct mime_part const *part,
    struct mime_envelope const *v, char const *content)
{
	struct text x = { out, 0 };
	size_t stem = mime_fname_stem(name);

	for (; *t; t++) {
		if (*t != '%') {
			put(&x, t, 1);
			continue;
		}
		switch (*++t) {
		case 'n': put(&x, name, stem); break;
		case 'e': put(&x, name + stem, strlen(name + stem)); break;
		case 's': put(&x, part->section, strlen(part->section)); break;
		case 't': foreign(&x, part->type + strcspn(part->type, "/") + 1); break;
		case 'i': foreign(&x, part->cid); break;
		case 'm': message(&x, v); break;
		case 'h': put(&x, content, MIME_TEMPLATE_SUM); break;
		case 'd': date(&x, v); break;
		default: put(&x, "%", 1); break;
		}
	}
	out[x.n] = 0;
	return x.n == MIME_TEMPLATE - 1 ? whole_characters(out, x.n) : x.n;
}
