/* Header fields in the form they are sent in: RFC 5322 sections 2.2.3 and 3.6, RFC 2047. */

#include <string.h>

#include "mime/charset.h"
#include "mime/compose.h"
#include "mime/utf8.h"
#include "mime/word.h"

/* Columns of a line, and what one word may have before it must be encoded to be cut. */
#define COLUMNS 78
#define LONGEST 890

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

/* Whether s can go out as it is: printable, no encoded word, no endless token. */
static int
is_plain(char const *s, size_t n, int utf8)
{
	size_t token = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] >= 0 && (s[i] < ' ' || s[i] >= 127) && s[i] != '\t') return 0;
		if (s[i] < 0 && !utf8) return 0;
		if (s[i] == '=' && i + 1 < n && s[i + 1] == '?') return 0;
		token = s[i] == ' ' || s[i] == '\t' ? 0 : token + 1;
		if (token > LONGEST) return 0;
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

static size_t
encode(char *out, char const *s, size_t n, size_t column)
{
	char text[3 * MIME_VALUE + 4];

	return mime_word_encode(text, to_utf8(text, s, n), column, out);
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

/* The end of the address that begins at s: a comma outside quotes and angle brackets. */
static size_t
address_len(char const *s)
{
	int quoted = 0;
	int angle = 0;
	size_t i;

	for (i = 0; s[i]; i++) {
		if (s[i] == '\\' && s[i + 1] && quoted)
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] == '<')
			angle = 1;
		else if (!quoted && s[i] == '>')
			angle = 0;
		else if (!quoted && !angle && s[i] == ',')
			break;
	}
	return i;
}

static void
trim(char const **s, size_t *n)
{
	while (*n > 0 && (**s == ' ' || **s == '\t')) {
		(*s)++;
		(*n)--;
	}
	while (*n > 0 && ((*s)[*n - 1] == ' ' || (*s)[*n - 1] == '\t')) (*n)--;
}

static int
is_mailbox(char const *s, size_t n, int utf8)
{
	size_t i;

	if (utf8 && !mime_utf8_valid(s, n)) return 0;
	for (i = 0; i < n; i++)
		if ((s[i] < 0 ? !utf8 : s[i] <= ' ') || s[i] == 127 || strchr("<>(),;", s[i]))
			return 0;
	return n > 0 && n < LONGEST;
}

/* A display name: as it is, as a quoted string, or as encoded words. */
static size_t
phrase(char *out, char const *s, size_t n, size_t column, int utf8)
{
	size_t w = 0;
	size_t i;
	int atoms = 1;

	if (n > 1 && s[0] == '"' && s[n - 1] == '"') {
		s++;
		n -= 2;
	}
	if (!is_plain(s, n, utf8 && mime_utf8_valid(s, n))) return encode(out, s, n, column);
	for (i = 0; i < n; i++) atoms &= strchr("()<>[]:;@\\,.\"", s[i]) == NULL;
	if (atoms) {
		memcpy(out, s, n);
		return n;
	}
	out[w++] = '"';
	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n)
			out[w++] = s[i++];
		else if (s[i] == '"' || s[i] == '\\')
			out[w++] = '\\';
		out[w++] = s[i];
	}
	out[w++] = '"';
	return w;
}

/* One address; 0 if it is none. */
static size_t
address(char *out, char const *s, size_t n, size_t column, int utf8)
{
	char const *open;
	size_t w = 0;

	trim(&s, &n);
	open = memrchr(s, '<', n);
	if (open && s[n - 1] == '>') {
		char const *display = s;
		size_t len = (size_t)(open - s);

		trim(&display, &len);
		if (len > MIME_VALUE) return 0;
		if (len > 0) {
			w = phrase(out, display, len, column, utf8);
			out[w++] = ' ';
		}
		n -= (size_t)(open - s) + 2;
		s = open + 1;
		if (!is_mailbox(s, n, utf8)) return 0;
		out[w++] = '<';
		memcpy(out + w, s, n);
		w += n;
		out[w++] = '>';
		return w;
	}
	if (!is_mailbox(s, n, utf8)) return 0;
	memcpy(out, s, n);
	return n;
}

size_t
mime_compose_addresses(char *out, char const *name, char const *list, int utf8)
{
	size_t w = put(out, name);
	size_t line = 0;

	w += put(out + w, ": ");
	for (;;) {
		size_t n = address_len(list);
		size_t k = address(out + w, list, n, w - line, utf8);

		if (k == 0) return 0;
		/* Fold before it if it does not fit behind the one before. */
		if (line != w - 1 && w - line + k > COLUMNS && out[w - 1] == ' '
		    && out[w - 2] == ',') {
			out[w - 1] = '\n';
			line = w;
			out[w++] = ' ';
			k = address(out + w, list, n, 1, utf8);
		}
		w += k;
		if (list[n] == 0) break;
		w += put(out + w, ", ");
		list += n + 1;
	}
	out[w++] = '\n';
	return w;
}
