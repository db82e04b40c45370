/* How a part is sent: its type, charset and transfer encoding. */

#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"
#include "mime/type.h"

/* What magic numbers need. */
#define PEEK 512

static char const *
name_of(struct mime_leaf const *l)
{
	return l->name ? l->name : l->source.path;
}

/* The type from the option, the extension, or the first bytes; NULL if they do not tell. */
static char const *
guess(struct mime_pack *k, struct mime_leaf *l)
{
	char first[PEEK];
	char const *type;
	ssize_t n;

	if (l->given) return l->given;
	type = mime_type_of_name(name_of(l), strlen(name_of(l)));
	if (type) return type;
	n = mime_source_peek(&l->source, first, sizeof first, k->hold);
	if (n == -1) strerr_diefusys(111, "read ", l->source.path);
	return mime_type_of_bytes(first, (size_t)n);
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
	if (!l->subtype && (v->crlf || v->cr)) return MIME_CTE_B64;
	if (mime_survey_7bit(v)) return MIME_CTE_7BIT;
	return mime_survey_qp(v) ? MIME_CTE_QP : MIME_CTE_B64;
}

struct mime_plan
mime_leaf_plan(struct mime_pack *k, struct mime_leaf *l)
{
	struct mime_plan plan = { "application/octet-stream", NULL, MIME_CTE_B64 };
	struct mime_survey v;
	char const *type = NULL;
	int whole;

	if (!l->subtype) {
		type = guess(k, l);
		if (type && strncasecmp(type, "text/", 5) != 0) {
			plan.type = type;
			return plan;
		}
	}
	if (!mime_source_survey(&l->source, &v, k->hold, &whole))
		strerr_diefusys(111, "read ", l->source.path);
	if (!l->subtype && !l->given && (v.nul || v.broken)) return plan;
	plan.type = type ? type : "text/plain";
	if (l->subtype) plan.type = strcmp(l->subtype, "html") == 0 ? "text/html" : "text/plain";
	if (!strchr(plan.type, ';')) plan.charset = charset(l, &v, whole);
	plan.cte = text_cte(l, &v, whole);
	return plan;
}
