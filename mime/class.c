/* What a part is for, from its header and its place alone. */

#include <string.h>

#include "mime/boundary.h"
#include "mime/header.h"
#include "mime/token.h"

static char const *const classes[MIME_CLASSES] = {
	[MIME_CLASS_MULTI] = "multi",
	[MIME_CLASS_MSG] = "msg",
	[MIME_CLASS_BODY] = "body",
	[MIME_CLASS_ALT] = "alt",
	[MIME_CLASS_INLINE] = "inline",
	[MIME_CLASS_SIG] = "sig",
	[MIME_CLASS_REPORT] = "report",
	[MIME_CLASS_ATTACH] = "attach",
};

/* clang-format off */
static struct { char const *type; enum mime_class class; } const fixed[] = {
	{ "message/rfc822",                         MIME_CLASS_MSG },
	{ "message/global",                         MIME_CLASS_MSG },
	{ "application/pgp-signature",              MIME_CLASS_SIG },
	{ "application/pkcs7-signature",            MIME_CLASS_SIG },
	{ "application/x-pkcs7-signature",          MIME_CLASS_SIG },
	{ "message/delivery-status",                MIME_CLASS_REPORT },
	{ "message/disposition-notification",       MIME_CLASS_REPORT },
	{ "message/feedback-report",                MIME_CLASS_REPORT },
	{ "text/rfc822-headers",                    MIME_CLASS_REPORT },
	{ "message/global-delivery-status",         MIME_CLASS_REPORT },
	{ "message/global-disposition-notification", MIME_CLASS_REPORT },
	{ "message/global-headers",                 MIME_CLASS_REPORT },
};
/* clang-format on */

char const *mime_class_name(enum mime_class class)
{
	return classes[class];
}

char const *
mime_cte_name(enum mime_cte cte)
{
	switch (cte) {
	case MIME_CTE_7BIT: return "7bit";
	case MIME_CTE_8BIT: return "8bit";
	case MIME_CTE_BINARY: return "binary";
	case MIME_CTE_QP: return "qp";
	case MIME_CTE_B64: return "b64";
	case MIME_CTE_UU: return "uu";
	case MIME_CTE_UNKNOWN: break;
	}
	return "?";
}

static int
is_media(char const *type)
{
	return mime_begins(type, "image/") || mime_begins(type, "audio/")
	    || mime_begins(type, "video/");
}

/* Whether the part is the one a related multipart is about. */
static int
is_root(struct mime_parser const *p, struct mime_frame const *f)
{
	if (!f->start) return f->children == 1;
	return mime_boundary_hash(p->part->cid, strlen(p->part->cid)) == f->start;
}

/* text/plain and text/html without a name that are shown. */
static enum mime_class
text_class(struct mime_parser const *p, struct mime_frame const *f)
{
	int later;

	if (!f || f->message) return MIME_CLASS_BODY;
	later = f->alternative || (f->multi == MIME_ALTERNATIVE && f->children > 1);
	switch (f->multi) {
	case MIME_ALTERNATIVE:
	case MIME_MIXED: return later ? MIME_CLASS_ALT : MIME_CLASS_BODY;
	case MIME_RELATED:
		if (!is_root(p, f)) return MIME_CLASS_ATTACH;
		return later ? MIME_CLASS_ALT : MIME_CLASS_BODY;
	case MIME_SIGNED:
	case MIME_OTHER:
	case MIME_DIGEST: break;
	}
	if (f->children > 1) return MIME_CLASS_ATTACH;
	return later ? MIME_CLASS_ALT : MIME_CLASS_BODY;
}

enum mime_class
mime_class_find(struct mime_parser const *p)
{
	struct mime_part const *part = p->part;
	struct mime_frame const *f = p->depth ? p->frames + p->depth - 1 : NULL;
	int shown = p->plain || mime_equal(part->type, "text/html");
	int named = part->namelen > 0;
	size_t i;

	if (part->container && mime_begins(part->type, "multipart/")) return MIME_CLASS_MULTI;
	for (i = 0; !shown && i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(part->type, fixed[i].type) == 0) return fixed[i].class;
	if (shown && !named && part->disposition != MIME_DISPOSITION_ATTACHMENT) {
		enum mime_class c = text_class(p, f);

		if (c != MIME_CLASS_ATTACH) return c;
	}
	if (f && !f->message && f->multi == MIME_RELATED && part->cid[0] && !is_root(p, f))
		return MIME_CLASS_INLINE;
	if (part->disposition == MIME_DISPOSITION_INLINE && !named && is_media(part->type))
		return MIME_CLASS_INLINE;
	if (f && !f->message && f->multi == MIME_ALTERNATIVE && f->children > 1)
		return MIME_CLASS_ALT;
	return MIME_CLASS_ATTACH;
}
