/* File names as parameters: RFC 2183, RFC 2231 section 4. */

#include <string.h>

#include "mime/charset.h"
#include "mime/compose.h"
#include "mime/utf8.h"
#include "mime/word.h"

int
mime_compose_filename(char *out, char const *name)
{
	char text[3 * MIME_PACK_NAME + 4];
	char const *slash;
	int bad = 0;
	size_t n;
	size_t w = 0;
	size_t i;
	size_t k;

	while ((slash = strpbrk(name, "/\\")) != NULL) name = slash + 1;
	n = strlen(name);
	if (n > MIME_PACK_NAME) return 0;
	n = mime_charset_utf8(mime_charset_find("", 0), name, n, text, sizeof text, &bad);
	if (n > MIME_PACK_NAME) return 0;
	for (i = 0; i < n; i += k) {
		uint32_t c;

		k = mime_utf8_get(&c, text + i, n - i);
		if (k == 0) break; /* cannot be: it is UTF-8 */
		if (c < ' ' || (c >= 127 && c < 160)) continue;
		memcpy(out + w, text + i, k);
		w += k;
	}
	out[w] = 0;
	return 1;
}

static int
goes_as_is(char const *s, int utf8)
{
	/* What looks like an encoded word would be decoded. */
	if (strstr(s, "=?")) return 0;
	for (; *s; s++)
		if (*s < 0 && !utf8) return 0;
	return 1;
}

static size_t
put(char *out, char const *s)
{
	size_t n;

	for (n = 0; s[n]; n++) out[n] = s[n];
	return n;
}

static size_t
quoted(char *out, char const *s)
{
	size_t w = 0;

	out[w++] = '"';
	for (; *s; s++) {
		if (*s == '"' || *s == '\\') out[w++] = '\\';
		out[w++] = *s;
	}
	out[w++] = '"';
	return w;
}

/* Some readers decode words before they look for quotes: none may come out of a word. */
static size_t
without_quotes(char *out, char const *s)
{
	size_t n;

	for (n = 0; s[n]; n++) out[n] = s[n] == '"' || s[n] == '\\' ? '_' : s[n];
	return n;
}

size_t
mime_compose_name(char *out, char const *name, int utf8)
{
	char text[MIME_PACK_NAME];
	size_t w = put(out, ";\n name=");

	if (goes_as_is(name, utf8)) return w + quoted(out + w, name);
	out[w++] = '"';
	w += mime_word_encode(text, without_quotes(text, name), 7, out + w);
	out[w++] = '"';
	return w;
}

size_t
mime_compose_disposition(char *out, char const *name, int utf8)
{
	static char const hex[] = "0123456789ABCDEF";
	size_t w;

	if (goes_as_is(name, utf8)) {
		w = put(out, ";\n filename=");
		return w + quoted(out + w, name);
	}
	w = put(out, ";\n filename*=UTF-8''");
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
		    || strchr("!#$&+-.^_`{|}~", c)) {
			out[w++] = *name;
			continue;
		}
		out[w++] = '%';
		out[w++] = hex[c >> 4];
		out[w++] = hex[c & 15];
	}
	return w;
}
