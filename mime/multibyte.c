/* The charsets of more than one byte that iconv(3) knows. */

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "mime/coding.h"

static int
open_handle(struct mime_converter *c)
{
	char const *name;

	if (c->opened) return 1;
	for (name = c->cs->names; *name; name += strlen(name) + 1) {
		iconv_t handle = iconv_open("UTF-8", name);

		if ((intptr_t)handle == -1) continue;
		c->handle = handle;
		c->opened = 1;
		return 1;
	}
	return 0;
}

void
mime_iconv_close(struct mime_converter *c)
{
	(void)iconv_close(c->handle);
	c->opened = 0;
}

/* One call of iconv; returns the bytes taken. */
static size_t
take(struct mime_converter *c, char const *s, size_t n, struct mime_text *out, int *broken)
{
	/* iconv(3) wants a pointer to what it does not change. */
	union {
		char const *s;
		char *from;
	} in = { .s = s };
	char *to = out->s + out->n;
	size_t left = n;
	size_t room = MIME_CONVERTED(n);

	*broken = iconv(c->handle, &in.from, &left, &to, &room) == (size_t)-1 && errno == EILSEQ;
	out->n = (size_t)(to - out->s);
	return n - left;
}

/* The characters at s that iconv may see; *broken: what follows is none. */
static size_t
whole(char const *s, size_t n, mime_character *character, int *broken)
{
	size_t i = 0;
	int k = 1;

	while (i < n && k > 0) {
		k = character(s + i, n - i);
		if (k > 0) i += (size_t)k;
	}
	*broken = k < 0;
	return i;
}

size_t
mime_take_iconv(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	mime_character *character;
	uint32_t point;
	size_t all = n;
	int broken = 0;
	size_t k = 0;

	if (!open_handle(c)) {
		c->cs = mime_charset_find("?", 1);
		return c->cs->take(c, s, n, out);
	}
	character = mime_character_of(c->cs->names);
	if (character) n = whole(s, n, character, &broken);
	if (n > 0) k = take(c, s, n, out, &broken);
	if (k > 0) return k;
	if (!broken && !c->last) return 0;
	if (strcmp(c->cs->names, "GB18030") == 0 && mime_character_gb18030(s, all, &point)) {
		mime_text_put(out, point);
		return 4;
	}
	mime_text_bad(c, out);
	return 1;
}
