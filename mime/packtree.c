/* The multiparts of a message: RFC 2046 section 5.1. */

#include "mime/pack.h"

static void
open_multipart(struct mime_pack *k, enum mime_multipart which, char const *subtype)
{
	mime_pack_put(k, "Content-Type: multipart/");
	mime_pack_put(k, subtype);
	mime_pack_put(k, ";\n boundary=\"");
	mime_pack_put(k, k->boundary[which]);
	mime_pack_put(k, "\"\n\n");
}

static void
delimiter(struct mime_pack *k, char const *before, enum mime_multipart which, char const *after)
{
	mime_pack_put(k, before);
	mime_pack_put(k, "--");
	mime_pack_put(k, k->boundary[which]);
	mime_pack_put(k, after);
}

static void
leaf(struct mime_pack *k, struct mime_leaf *l, int last)
{
	mime_leaf_header(k, l);
	mime_leaf_body(k, l, last);
}

/* One text, or two of which the reader chooses. last: nothing follows. */
static void
bodies(struct mime_pack *k, int last)
{
	if (!k->text.source.path || !k->html.source.path) {
		leaf(k, k->text.source.path ? &k->text : &k->html, last);
		return;
	}
	open_multipart(k, MIME_PACK_ALTERNATIVE, "alternative");
	delimiter(k, "", MIME_PACK_ALTERNATIVE, "\n");
	leaf(k, &k->text, 0);
	delimiter(k, "\n", MIME_PACK_ALTERNATIVE, "\n");
	leaf(k, &k->html, 0);
	delimiter(k, "\n", MIME_PACK_ALTERNATIVE, "--\n");
}

void
mime_pack_body(struct mime_pack *k)
{
	char const *before = "";
	unsigned int i;

	if (k->parts == 0) {
		bodies(k, 1);
		return;
	}
	open_multipart(k, MIME_PACK_OUTER, "mixed");
	if (k->text.source.path || k->html.source.path) {
		delimiter(k, "", MIME_PACK_OUTER, "\n");
		bodies(k, 0);
		before = "\n";
	}
	for (i = 0; i < k->parts; i++) {
		delimiter(k, before, MIME_PACK_OUTER, "\n");
		leaf(k, k->part + i, 0);
		before = "\n";
	}
	delimiter(k, "\n", MIME_PACK_OUTER, "--\n");
}
