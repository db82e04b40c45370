/* Header fields in the form they are sent in: RFC 5322 sections 2.2.3 and 3.6, RFC 2047. */

#include <string.h>

#include "mime/addr.h"
#include "mime/charset.h"
#include "mime/compose.h"
#include "mime/utf8.h"
#include "mime/word.h"

/* Columns of a line, and what one word may have before it must be encoded to be cut. */
#define COLUMNS 78
#define LONGEST 890

/* Blanks in a row, which are not folded: lines of blanks alone would be wrong. */
#define BLANKS 50

/* Where an unfolded list of addresses is kept, in the room for the folded one. */
#define UNFOLDED ((size_t)2 * MIME_LIST)

int
mime_compose_is_name(char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] <= ' ' || s[i] >= 127 || s[i] == ':') return 0;
	return n > 0 && n <= MIME_COMPOSE_NAME;
}

int
mime_compose_breaks(char const *s)
{
	return strpbrk(s, "\r\n") != NULL;
}

static size_t
put(char *out, char const *s)
{
	size_t n;

	for (n = 0; s[n]; n++) out[n] = s[n];
	return n;
}

/* Whether s can go out as it is: printable, no encoded word, nothing endless. */
static int
is_plain(char const *s, size_t n, int utf8)
{
	size_t token = 0;
	size_t blanks = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		int blank = s[i] == ' ' || s[i] == '\t';

		if (s[i] >= 0 && (s[i] < ' ' || s[i] >= 127) && s[i] != '\t') return 0;
		if (s[i] < 0 && !utf8) return 0;
		if (s[i] == '=' && i + 1 < n && s[i + 1] == '?') return 0;
		token = blank ? 0 : token + 1;
		blanks = blank ? blanks + 1 : 0;
		if (token > LONGEST || blanks > BLANKS) return 0;
	}
	return 1;
}

/* Fold before the last blank that keeps the line short, if there is one. */
static size_t
fold(char *out, char const *s, size_t n, size_t column)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		size_t k = i + 1;

		while (k < n && s[k] != ' ' && s[k] != '\t') k++;
		/* A line of blanks alone would be taken for the end of the header. */
		if (column + (k - i) > COLUMNS && (s[i] == ' ' || s[i] == '\t') && k - i > 1) {
			out[w++] = '\n';
			column = 0;
		}
		memcpy(out + w, s + i, k - i);
		w += k - i;
		column += k - i;
		i = k;
	}
	return w;
}

/* Bytes of any origin as UTF-8; out has room for three times as many. */
static size_t
to_utf8(char *out, char const *s, size_t n)
{
	int bad = 0;

	return mime_charset_utf8(mime_charset_find("", 0), s, n, out, 3 * n + 4, &bad);
}

/* Encoded words with a blank between them. */
static size_t
encode(char *out, char const *s, size_t n)
{
	char text[3 * MIME_VALUE + 4];
	size_t k = mime_word_encode(text, to_utf8(text, s, n), 1, out);
	size_t w = 0;
	size_t i;

	for (i = 0; i < k; i++)
		if (out[i] != '\n') out[w++] = out[i];
	return w;
}

size_t
mime_compose_value(char *out, char const *value, size_t column, int utf8)
{
	char text[3 * MIME_VALUE + 4];
	size_t n = to_utf8(text, value, strlen(value));

	if (is_plain(text, n, utf8)) return fold(out, text, n, column);
	return mime_word_encode(text, n, column, out);
}

size_t
mime_compose_text(char *out, char const *name, char const *value, int utf8)
{
	size_t w = put(out, name);

	w += put(out + w, ": ");
	w += mime_compose_value(out + w, value, w, utf8);
	out[w++] = '\n';
	return w;
}

/* Whether s can be somebody on this machine: RFC 5322 3.2.3, without the specials. */
static int
is_local(char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((s[i] >= 0 && s[i] <= ' ') || s[i] == 127 || strchr("()<>[]:;@\\,\"", s[i]))
			return 0;
	return n > 0 && n < LONGEST;
}

/* RFC 6532: an address may be UTF-8 only where all of the header may. */
static int
may_be(char const *s, size_t n, int utf8)
{
	size_t i = 0;

	while (i < n && s[i] >= 0) i++;
	return i == n || (utf8 && mime_utf8_valid(s, n));
}

/* A display name, as text: as it is, as a quoted string, or as encoded words. */
static size_t
phrase(char *out, char const *s, size_t n, int utf8)
{
	size_t w = 0;
	size_t i;
	int atoms = 1;

	if (!is_plain(s, n, utf8)) return encode(out, s, n);
	for (i = 0; i < n; i++) atoms &= strchr("()<>[]:;@\\,.\"", s[i]) == NULL;
	if (atoms) {
		memcpy(out, s, n);
		return n;
	}
	out[w++] = '"';
	for (i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\\') out[w++] = '\\';
		out[w++] = s[i];
	}
	out[w++] = '"';
	return w;
}

/* One mailbox, or the name of a group and its colon; 0 if it is none. */
static size_t
entry(char *out, enum mime_addr_kind kind, struct mime_addr const *x, int utf8)
{
	char name[3 * MIME_VALUE];
	int bad = 0;
	size_t n = mime_addr_name(x, name, sizeof name, &bad);
	size_t w = 0;

	if (x->namelen > MIME_VALUE || x->broken) return 0;
	if (n > 0) w = phrase(out, name, n, utf8);
	if (kind == MIME_ADDR_GROUP) {
		out[w++] = ':';
		return w;
	}
	if (n > 0) w += put(out + w, " <");
	n = mime_addr_spec(x, out + w, LONGEST);
	if (n == 0 && is_local(x->spec, x->speclen)) {
		n = x->speclen;
		memcpy(out + w, x->spec, n);
	}
	if (n == 0 || !may_be(out + w, n, utf8)) return 0;
	if (w > 0) out[w + n] = '>';
	return w > 0 ? w + n + 1 : n;
}

/* What stands between an entry and the one before. */
static char const *
separator(enum mime_addr_kind before, enum mime_addr_kind kind)
{
	if (kind == MIME_ADDR_GROUP_END) return ";";
	if (before == MIME_ADDR_END) return "";
	return before == MIME_ADDR_GROUP ? " " : ", ";
}

size_t
mime_compose_addresses(char *out, char const *name, char const *list, int utf8)
{
	struct mime_addrs a = { .s = list, .n = strlen(list) };
	enum mime_addr_kind before = MIME_ADDR_END;
	enum mime_addr_kind kind;
	struct mime_addr x;
	char *all = out + UNFOLDED;
	size_t n = 0;
	size_t w = put(out, name);

	for (; (kind = mime_addr_next(&a, &x)) != MIME_ADDR_END; before = kind) {
		size_t k;

		n += put(all + n, separator(before, kind));
		if (kind == MIME_ADDR_GROUP_END) continue;
		k = entry(all + n, kind, &x, utf8);
		if (k == 0) return 0;
		n += k;
	}
	if (before == MIME_ADDR_END || a.cut) return 0;
	w += put(out + w, ": ");
	/* A fold adds one byte in 78 or more: what is written stays behind what is read. */
	w += fold(out + w, all, n, w);
	out[w++] = '\n';
	return w;
}
