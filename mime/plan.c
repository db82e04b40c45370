/* How a part is sent: its type, charset and transfer encoding. */

#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"
#include "mime/type.h"
#include "mime/utf8.h"

/* What magic numbers need. */
#define PEEK 512

static char const *
name_of(struct mime_leaf const *l)
{
	return l->name ? l->name : l->source.path;
}

/* The type from the option, the extension, or the first bytes; NULL if they do not tell. */
static char const *
guess(struct mime_leaf *l)
{
	char first[PEEK];
	char const *type;
	ssize_t n;
	int broken;

	if (l->given) return l->given;
	type = mime_type_of_name(name_of(l), strlen(name_of(l)));
	if (type) return type;
	n = mime_source_peek(&l->source, first, sizeof first);
	if (n == -1) strerr_diefusys(111, "read ", l->source.path);
	type = mime_type_of_bytes(first, (size_t)n);
	if (type) return type;
	/* No text begins like this: that spares reading all of it twice. */
	mime_utf8_prefix(first, (size_t)n, &broken);
	return broken || memchr(first, 0, (size_t)n) ? "application/octet-stream" : NULL;
}

static char const *
charset(struct mime_leaf const *l, struct mime_survey const *v, int whole)
{
	if (v->broken) {
		strerr_warnw(l->source.path, ": text that is not UTF-8 is labelled windows-1252");
		return "windows-1252";
	}
	return v->high || !whole ? "utf-8" : "us-ascii";
}

/* The line ends of an attachment must come out as they went in. */
static enum mime_cte
text_cte(struct mime_leaf const *l, struct mime_survey const *v, int whole)
{
	if (!whole) return MIME_CTE_QP;
	if (l->role == MIME_ROLE_PART && (v->crlf || v->cr)) return MIME_CTE_B64;
	if (mime_survey_7bit(v)) return MIME_CTE_7BIT;
	return mime_survey_qp(v) ? MIME_CTE_QP : MIME_CTE_B64;
}

/* A message is never encoded (RFC 2046 5.2.1): what cannot be sent so is no message. */
static struct mime_plan
message(struct mime_pack *k, struct mime_leaf *l)
{
	struct mime_plan plan = { "message/rfc822", NULL, MIME_CTE_7BIT };
	struct mime_survey v;
	int whole;

	if (!mime_source_survey(&l->source, &v, &whole))
		strerr_diefusys(111, "read ", l->source.path);
	if (v.nul || v.cr || v.longest > MIME_LINE_MAX || !whole) {
		plan.type = "application/octet-stream";
		plan.cte = MIME_CTE_B64;
	} else if (v.high) {
		strerr_warnw(l->source.path, ": a message with 8-bit text cannot be made 7-bit");
		plan.cte = MIME_CTE_8BIT;
		k->status = 2;
	}
	return plan;
}

static struct mime_plan
decide(struct mime_pack *k, struct mime_leaf *l)
{
	struct mime_plan plan = { "application/octet-stream", NULL, MIME_CTE_B64 };
	struct mime_survey v;
	char const *type = NULL;
	int whole;

	if (l->role == MIME_ROLE_PART) {
		type = guess(l);
		if (type && strcasecmp(type, "message/rfc822") == 0) return message(k, l);
		if (type && strncasecmp(type, "text/", 5) != 0) {
			plan.type = type;
			return plan;
		}
	}
	if (!mime_source_survey(&l->source, &v, &whole))
		strerr_diefusys(111, "read ", l->source.path);
	if (l->role == MIME_ROLE_PART && !l->given && (v.nul || v.broken)) return plan;
	plan.type = type ? type : "text/plain";
	if (l->role == MIME_ROLE_HTML) plan.type = "text/html";
	if (!strchr(plan.type, ';')) plan.charset = charset(l, &v, whole);
	plan.cte = text_cte(l, &v, whole);
	return plan;
}

void
mime_leaf_plan(struct mime_pack *k, struct mime_leaf *l)
{
	l->plan = decide(k, l);
}

void
mime_pack_plan(struct mime_pack *k)
{
	unsigned int i;

	if (k->text.source.path) mime_leaf_plan(k, &k->text);
	if (k->html.source.path) mime_leaf_plan(k, &k->html);
	for (i = 0; i < k->parts; i++) mime_leaf_plan(k, k->part + i);
	mime_pack_boundaries(k);
}
