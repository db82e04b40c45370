/* File names from strangers made safe. */

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "mime/decimal.h"
#include "mime/fname.h"
#include "mime/type.h"
#include "mime/utf8.h"

#define EXTENSION 16

/* The name in the making: longer than it may become, so that a cut sees the extension. */
struct name {
	size_t n;
	int blank; /* the last thing was a blank, which is written before the next thing */
	char s[4096];
};

static int
is_bad(uint32_t c)
{
	if (c < 0x20 || c == 0x7f) return 1;
	if (c < 0x80) return strchr("/\\:*?\"<>|", (int)c) != NULL;
	return mime_utf8_hidden(c);
}

/* Unicode's space separators. */
static int
is_space(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f
	    || c == 0x205f || c == 0x3000;
}

static size_t
base(char const *name, size_t n)
{
	while (n > 0 && name[n - 1] != '/' && name[n - 1] != '\\') n--;
	return n;
}

/* Steps 2 to 4 but for the trailing bytes. */
static void
clean(struct name *f, char const *s, size_t n)
{
	size_t i;

	for (i = base(s, n); i < n && f->n + 8 < sizeof f->s;) {
		uint32_t c;
		size_t k = mime_utf8_get(&c, s + i, n - i);

		i += k ? k : 1;
		if (is_space(c)) {
			f->blank = 1;
			continue;
		}
		if (is_bad(c)) c = '_';
		if (f->blank && f->n > 0) f->s[f->n++] = ' ';
		f->blank = 0;
		if (f->n == 0 && (c == '.' || c == '-' || c == '~')) f->s[f->n++] = '_';
		f->n += mime_utf8_put(f->s + f->n, c);
	}
}

/* The length without blanks and periods at the end. */
static size_t
trimmed(char const *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '.')) n--;
	return n;
}

/* CON, COM1, LPT with a superscript digit and so on, before the first period. */
static int
is_device(char const *s, size_t n)
{
	static char const *const words[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" };
	char const *dot = memchr(s, '.', n);
	size_t len = dot ? (size_t)(dot - s) : n;
	size_t i;

	while (len > 0 && s[len - 1] == ' ') len--;
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == len && strncasecmp(words[i], s, len) == 0) return 1;
	if (len < 4 || (strncasecmp(s, "COM", 3) != 0 && strncasecmp(s, "LPT", 3) != 0)) return 0;
	if (len == 4) return s[3] >= '0' && s[3] <= '9';
	return len == 5 && s[3] == '\xc2' && (s[4] == '\xb9' || s[4] == '\xb2' || s[4] == '\xb3');
}

/* Where a short alphanumeric extension begins, its period included; n if there is none. */
static size_t
extension(char const *s, size_t n)
{
	size_t i;

	for (i = n; i > 0; i--) {
		char c = s[i - 1];

		if (c == '.') return i > 1 && i < n && n - i <= EXTENSION ? i - 1 : n;
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
			break;
	}
	return n;
}

size_t
mime_fname_cut(char *name, size_t n, size_t max)
{
	size_t ext = extension(name, n);
	size_t extlen = n - ext;
	size_t stem = max - extlen;

	if (n <= max) return n;
	while (stem > 0 && ((unsigned char)name[stem] & 0xc0) == 0x80) stem--;
	memmove(name + stem, name + ext, extlen);
	return trimmed(name, stem + extlen);
}

size_t
mime_fname_ascii(char *name, size_t n)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		char c = name[i];
		int keeps = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
		    || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';

		if (((unsigned char)c & 0xc0) == 0x80) continue;
		name[w++] = keeps ? c : '_';
	}
	return w;
}

size_t
mime_fname(char *out, char const *name, size_t n, unsigned int *what)
{
	struct name f;

	*what = 0;
	f.n = 0;
	f.blank = 0;
	clean(&f, name, n);
	f.n = trimmed(f.s, f.n);
	if (is_device(f.s, f.n)) {
		memmove(f.s + 1, f.s, f.n);
		f.s[0] = '_';
		f.n++;
	}
	if (f.n > MIME_FNAME_MAX) {
		f.n = mime_fname_cut(f.s, f.n, MIME_FNAME_MAX);
		*what |= MIME_FNAME_CUT;
	}
	if (f.n != n || memcmp(f.s, name, n) != 0) *what |= MIME_FNAME_CHANGED;
	memcpy(out, f.s, f.n);
	out[f.n] = 0;
	return f.n;
}

unsigned int
mime_fname_narrow(char *name, int ascii, size_t max)
{
	char before[MIME_FNAME_MAX + 1];
	size_t n = strlen(name);
	unsigned int what = 0;
	size_t k;

	memcpy(before, name, n + 1);
	if (ascii) n = mime_fname_ascii(name, n);
	k = mime_fname_cut(name, n, max);
	name[k] = 0;
	if (k < n) what |= MIME_FNAME_CUT;
	if (strcmp(before, name) != 0) what |= MIME_FNAME_CHANGED;
	return what;
}

static size_t
add(char *out, size_t w, char const *s)
{
	size_t i;

	for (i = 0; s[i] && w < MIME_FNAME_MAX; i++) out[w++] = s[i];
	out[w] = 0;
	return w;
}

size_t
mime_fname_default(char *out, char const *section, char const *type)
{
	size_t w = add(out, 0, "part-");
	char one[2] = { 0, 0 };

	for (; *section && w < MIME_FNAME_MAX - EXTENSION; section++) {
		one[0] = *section;
		if (one[0] == '.') one[0] = '-';
		w = add(out, w, one);
	}
	w = add(out, w, ".");
	return add(out, w, mime_type_extension(type));
}

size_t
mime_fname_stem(char const *name)
{
	return extension(name, strlen(name));
}

size_t
mime_fname_next(char *out, char const *name, unsigned int number)
{
	size_t n = strlen(name);
	size_t ext = extension(name, n);
	size_t w = ext;

	memcpy(out, name, ext);
	out[w++] = '~';
	w += mime_decimal(out + w, number);
	memcpy(out + w, name + ext, n - ext);
	w += n - ext;
	out[w] = 0;
	return w;
}
