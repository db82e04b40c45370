/* The multiparts of a message: RFC 2046 section 5.1, RFC 2387. */

#include <string.h>
#include <strings.h>

#include "mime/pack.h"

static void
parameter(struct mime_pack *k, char const *name, char const *value)
{
	mime_pack_put(k, ";\n ");
	mime_pack_put(k, name);
	mime_pack_put(k, "=\"");
	mime_pack_put(k, value);
	mime_pack_put(k, "\"");
}

/* type: of the root of a related one, of the report of a report, else NULL. */
static void
open_multipart(
    struct mime_pack *k, enum mime_multipart which, char const *subtype, char const *type)
{
	mime_pack_put(k, "Content-Type: multipart/");
	mime_pack_put(k, subtype);
	if (type) parameter(k, strcmp(subtype, "report") == 0 ? "report-type" : "type", type);
	parameter(k, "boundary", k->boundary[which]);
	mime_pack_put(k, "\n\n");
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

/* All leaves of one role as children. before: what precedes the first delimiter. */
static void
children(struct mime_pack *k, enum mime_multipart which, enum mime_role role, char const *before)
{
	unsigned int i;

	for (i = 0; i < k->parts; i++) {
		struct mime_leaf *l = k->part + i;

		if ((l->role == MIME_ROLE_IMAGE) != (role == MIME_ROLE_IMAGE)) continue;
		delimiter(k, before, which, "\n");
		leaf(k, l, 0);
		before = "\n";
	}
}

/* The page, and the images it shows. last: nothing follows. */
static void
page(struct mime_pack *k, int last)
{
	if (k->images == 0) {
		leaf(k, &k->html, last);
		return;
	}
	open_multipart(k, MIME_PACK_RELATED, "related", "text/html");
	delimiter(k, "", MIME_PACK_RELATED, "\n");
	leaf(k, &k->html, 0);
	children(k, MIME_PACK_RELATED, MIME_ROLE_IMAGE, "\n");
	delimiter(k, "\n", MIME_PACK_RELATED, "--\n");
}

/* The text and the page as children: two of which the reader chooses. */
static void
choices(struct mime_pack *k, enum mime_multipart which)
{
	delimiter(k, "", which, "\n");
	leaf(k, &k->text, 0);
	delimiter(k, "\n", which, "\n");
	page(k, 0);
}

static int
has_choices(struct mime_pack const *k)
{
	return k->text.source.path && k->html.source.path;
}

static void
bodies(struct mime_pack *k, int last)
{
	if (!has_choices(k)) {
		if (k->text.source.path)
			leaf(k, &k->text, last);
		else
			page(k, last);
		return;
	}
	open_multipart(k, MIME_PACK_ALTERNATIVE, "alternative", NULL);
	choices(k, MIME_PACK_ALTERNATIVE);
	delimiter(k, "\n", MIME_PACK_ALTERNATIVE, "--\n");
}

/* The type of the first child of the outer multipart. */
static char const *
root_type(struct mime_pack const *k)
{
	if (has_choices(k)) return "multipart/alternative";
	if (k->text.source.path) return "text/plain";
	if (k->html.source.path) return k->images ? "multipart/related" : "text/html";
	return k->part[0].plan.type;
}

/* RFC 6522 3: the subtype of the part that is the report. */
static char const *
report_type(struct mime_pack const *k)
{
	unsigned int i;

	for (i = 0; i < k->parts; i++) {
		char const *type = k->part[i].plan.type;

		if (type && strncasecmp(type, "message/", 8) == 0
		    && strcasecmp(type, "message/rfc822") != 0)
			return type + 8;
	}
	return NULL;
}

static char const *
parameter_of(struct mime_pack const *k, char const *kind)
{
	if (strcmp(kind, "related") == 0) return root_type(k);
	return strcmp(kind, "report") == 0 ? report_type(k) : NULL;
}

void
mime_pack_body(struct mime_pack *k)
{
	char const *kind = k->kind ? k->kind : "mixed";
	char const *before = "";

	if (!k->kind && k->parts == k->images) {
		bodies(k, 1);
		return;
	}
	open_multipart(k, MIME_PACK_OUTER, kind, parameter_of(k, kind));
	if (strcmp(kind, "alternative") == 0 && has_choices(k)) {
		choices(k, MIME_PACK_OUTER);
		before = "\n";
	} else if (k->text.source.path || k->html.source.path) {
		delimiter(k, "", MIME_PACK_OUTER, "\n");
		bodies(k, 0);
		before = "\n";
	}
	children(k, MIME_PACK_OUTER, MIME_ROLE_PART, before);
	delimiter(k, "\n", MIME_PACK_OUTER, "--\n");
}
