/* Text parts in UTF-8. */

#include <string.h>

#include "mime/unpacktext.h"

/* Bytes converted at once. */
#define PIECE 4096

void
mime_unpack_text_begin(struct mime_unpack *u, struct mime_part const *part)
{
	char const *charset = part->charset[0] || !u->assumed ? part->charset : u->assumed;

	u->now->converting = u->utf8 && part->text && u->action->data;
	if (u->now->converting)
		mime_convert_begin(&u->now->text, mime_charset_find(charset, strlen(charset)));
}

static int
give(struct mime_unpack *u, struct mime_part *part, char const *s, size_t n)
{
	return n == 0 || !mime_unpack_room(u, part, n) || u->action->data(u, s, n);
}

int
mime_unpack_text(struct mime_unpack *u, struct mime_part *part, char const *s, size_t n)
{
	char out[MIME_CONVERTED(PIECE)];

	if (!u->now->converting) return give(u, part, s, n);
	while (n > 0) {
		size_t k = n < PIECE ? n : PIECE;

		if (!give(u, part, out, mime_convert(&u->now->text, s, k, out))) return 0;
		s += k;
		n -= k;
	}
	return 1;
}

int
mime_unpack_text_end(struct mime_unpack *u, struct mime_part *part)
{
	struct mime_converter *c = &u->now->text;
	char out[MIME_CONVERTED(0)];

	if (!u->now->converting) return 1;
	u->now->converting = 0;
	if (!give(u, part, out, mime_convert_end(c, out))) return 0;
	if (!c->bad) return 1;
	return mime_unpack_note(
	    u, part, mime_charset_is_utf8(c->cs) ? MIME_BAD_UTF8 : MIME_BAD_CHARSET);
}
