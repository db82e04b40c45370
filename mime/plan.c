/* How a part is sent: its type, charset and transfer encoding. */

#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"
#include "mime/type.h"
#include "mime/utf8.h"

/* What magic numbers need. */
#define PEEK 512

/* The type from the option, the extension, or the first bytes; text if they do not tell. */
static char const *
type_of(struct mime_leaf *l)
{
	char const *name = l->name ? l->name : l->source.path;
	char first[PEEK];
	char const *type;
	ssize_t n;
	int broken;

	if (l->given) return l->given;
	if (l->role == MIME_ROLE_TEXT) return "text/plain";
	if (l->role == MIME_ROLE_HTML) return "text/html";
	type = mime_type_of_name(name, strlen(name));
	if (type) return type;
	n = mime_source_peek(&l->source, first, sizeof first);
	if (n == -1) strerr_diefusys(111, "read ", l->source.path);
	type = mime_type_of_bytes(first, (size_t)n);
	if (type) return type;
	/* No text begins like this: that spares reading all of it twice. */
	mime_utf8_prefix(first, (size_t)n, &broken);
	return broken || memchr(first, 0, (size_t)n) ? "application/octet-stream" : "text/plain";
}

static char const *
charset(struct mime_pack const *k, struct mime_leaf const *l, struct mime_survey const *v)
{
	if (v->broken) {
		mime_pack_warn(
		    k, l->source.path, "text that is not UTF-8 is labelled windows-1252");
		return "windows-1252";
	}
	return v->high || !v->whole ? "utf-8" : "us-ascii";
}

static void
survey(struct mime_pack *k, struct mime_leaf *l, struct mime_survey *v)
{
	if (!mime_source_survey(&l->source, v, &k->cpu))
		strerr_diefusys(111, "read ", l->source.path);
}

/* Whether it begins as a header does: with a field, or for a ready part with none. */
static int
has_header(struct mime_leaf *l)
{
	char first[PEEK];
	ssize_t n = mime_source_peek(&l->source, first, sizeof first);
	char const *s = first;
	char const *colon;

	if (n == -1) strerr_diefusys(111, "read ", l->source.path);
	if (l->role == MIME_ROLE_READY && n > 0 && (*s == '\n' || *s == '\r')) return 1;
	if (n > 5 && memcmp(s, "From ", 5) == 0) {
		char const *lf = memchr(s, '\n', (size_t)n);

		if (!lf) return 0;
		s = lf + 1;
	}
	colon = memchr(s, ':', (size_t)(first + n - s));
	return colon && mime_compose_is_name(s, (size_t)(colon - s));
}

/* A message is never encoded (RFC 2046 5.2.1): what cannot be sent so is no message. */
static struct mime_plan
message(struct mime_pack *k, struct mime_leaf *l)
{
	struct mime_plan plan = { "message/rfc822", NULL, MIME_CTE_7BIT };
	struct mime_survey v;

	if (l->encoded && l->cte > MIME_CTE_BINARY)
		strerr_dief(100, l->source.path, ": a message is never encoded");
	survey(k, l, &v);
	if (l->encoded) {
		plan.cte = mime_leaf_cte(k, l, &v, 1);
	} else if (!v.whole || !has_header(l)
	    || !mime_leaf_fits(
	        &v, k->transport == MIME_CTE_BINARY ? MIME_CTE_BINARY : MIME_CTE_8BIT)) {
		mime_pack_warn(k, l->source.path, "cannot be sent as a message, but as any file");
		plan.type = "application/octet-stream";
		plan.cte = MIME_CTE_B64;
	} else if (!mime_leaf_fits(&v, MIME_CTE_8BIT)) {
		plan.cte = MIME_CTE_BINARY;
	} else if (v.high) {
		plan.cte = MIME_CTE_8BIT;
		if (k->transport != MIME_CTE_7BIT) return plan;
		mime_pack_warn(k, l->source.path, "a message with 8-bit text cannot be made 7-bit");
		k->status = 2;
	}
	return plan;
}

/* A part that has its header goes out as it came. */
static struct mime_plan
ready(struct mime_pack *k, struct mime_leaf *l)
{
	struct mime_plan plan = { NULL, NULL, MIME_CTE_BINARY };
	int whole = mime_source_hold(&l->source);

	if (whole == -1) strerr_diefusys(111, "read ", l->source.path);
	if (mime_leaf_said(l))
		strerr_dief(100, "nothing can be said of a ready part: ", l->source.path);
	if (!has_header(l)) strerr_dief(100, "not a part with its header: ", l->source.path);
	/* No boundary of ours may stand in it: where they are not random that must be seen. */
	if (k->seed && !whole) strerr_dief(100, "too long a pipe for -z: ", l->source.path);
	return plan;
}

static struct mime_plan
text(struct mime_pack *k, struct mime_leaf *l, char const *type)
{
	struct mime_plan plan = { "application/octet-stream", NULL, MIME_CTE_B64 };
	struct mime_survey v;
	int known = l->given || l->charset;

	survey(k, l, &v);
	if (l->role < MIME_ROLE_TEXT && !known && (v.nul || v.broken)) {
		plan.cte = mime_leaf_cte(k, l, &v, 0);
		return plan;
	}
	plan.type = type;
	if (strncasecmp(type, "text/", 5) == 0 && !strcasestr(type, "charset="))
		plan.charset = l->charset ? l->charset : charset(k, l, &v);
	l->plan.type = type;
	plan.cte = mime_leaf_cte(k, l, &v, 1);
	return plan;
}

static struct mime_plan
other(struct mime_pack *k, struct mime_leaf *l, char const *type)
{
	struct mime_plan plan = { type, l->charset, MIME_CTE_B64 };
	struct mime_survey v;

	/* Base64 carries anything: that spares reading all of it twice. */
	if (!l->encoded && k->transport != MIME_CTE_BINARY) return plan;
	survey(k, l, &v);
	plan.cte = mime_leaf_cte(k, l, &v, 0);
	return plan;
}

static int
is_text(char const *type)
{
	return strncasecmp(type, "text/", 5) == 0 || strncasecmp(type, "message/", 8) == 0;
}

int
mime_leaf_is_text(struct mime_leaf const *l)
{
	return l->role >= MIME_ROLE_TEXT || is_text(l->plan.type);
}

void
mime_leaf_plan(struct mime_pack *k, struct mime_leaf *l)
{
	char const *type;

	if (l->role == MIME_ROLE_READY) {
		l->plan = ready(k, l);
		return;
	}
	type = type_of(l);
	if (strcasecmp(type, "message/rfc822") == 0)
		l->plan = message(k, l);
	else if (is_text(type))
		l->plan = text(k, l, type);
	else
		l->plan = other(k, l, type);
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
