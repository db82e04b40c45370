/* Content-Type: RFC 2045 section 5, RFC 2046 section 5.1. */

#include <string.h>

#include "mime/boundary.h"
#include "mime/entity.h"
#include "mime/header.h"
#include "mime/token.h"

static void
boundary(struct mime_parser *p, struct mime_params const *ps)
{
	struct mime_param const *x;
	int twice = 0;
	int bad = 0;
	size_t n = 0;
	char *out;

	if (MIME_POOL - p->pooled < MIME_BOUNDARY) return;
	x = mime_params_find(ps, "boundary", &twice);
	if (mime_params_twice(ps, "boundary")) mime_parser_note(p, MIME_DUP_PARAM);
	if (x && x->len > MIME_BOUNDARY) return;
	out = mime_boundary_room(p, x ? x->len : MIME_BOUNDARY);
	if (x) {
		n = x->len;
		memcpy(out, x->value, n);
	} else if (mime_params_text(ps, "boundary", out, MIME_BOUNDARY, &n, &bad) == MIME_PARAM_NONE
	    || bad & MIME_PARAM_CUT) {
		return;
	}
	while (n > 0 && (out[n - 1] == ' ' || out[n - 1] == '\t')) n--;
	if (n > 70) mime_parser_note(p, MIME_BOUNDARY_LONG);
	p->boundary = n;
	p->typed = 2;
}

static uint32_t
cid_hash(char const *s, size_t n)
{
	if (n > 1 && s[0] == '<' && s[n - 1] == '>') return mime_boundary_hash(s + 1, n - 2);
	return mime_boundary_hash(s, n);
}

static void
multipart(struct mime_parser *p, struct mime_params const *ps)
{
	/* clang-format off */
	static struct { char const *subtype; enum mime_multi multi; } const kinds[] = {
		{ "alternative", MIME_ALTERNATIVE },
		{ "related", MIME_RELATED },
		{ "signed", MIME_SIGNED },
		{ "report", MIME_SIGNED },
		{ "digest", MIME_DIGEST },
	};
	/* clang-format on */
	struct mime_param const *start;
	int twice = 0;
	size_t i;

	p->multi = strcmp(p->part->type + 10, "mixed") == 0 ? MIME_MIXED : MIME_OTHER;
	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(p->part->type + 10, kinds[i].subtype) == 0) p->multi = kinds[i].multi;
	start = mime_params_find(ps, "start", &twice);
	if (start) p->start = cid_hash(start->value, start->len);
	boundary(p, ps);
}

void
mime_entity_type(char *type, char const *word)
{
	memcpy(type, word, strlen(word) + 1);
}

/*
 * R15: what cannot be read is text only if it says so. "Content-Type: name=x" has
 * no type at all, but a parameter.
 */
static int
valid_type(char const *type, int *parameter)
{
	char const *slash = NULL;
	unsigned int slashes = 0;
	char const *s;

	*parameter = 0;
	for (s = type; *s; s++) {
		/* Both come before all letters. */
		if (*s > '=') continue;
		if (*s == '=') *parameter = 1;
		if (*s != '/') continue;
		slash = s;
		slashes++;
	}
	return slashes == 1 && slash > type && slash[1];
}

void
mime_entity_content_type(struct mime_parser *p, char const *s, size_t n)
{
	char type[MIME_TYPE_SIZE];
	struct mime_params ps;
	struct mime_param const *charset;
	size_t i = mime_entity_token(type, sizeof type, s, n);
	int parameter;
	int valid = valid_type(type, &parameter);
	int twice = 0;

	if (parameter) i = 0;
	mime_entity_params(p, &ps, s + i, n - i);
	if (p->ctypes++ > 0) mime_parser_note(p, MIME_DUP_CTYPE);
	if (p->typed) {
		if (p->typed == 2 || !mime_begins(type, "multipart/")
		    || !mime_params_find(&ps, "boundary", &twice))
			return;
	}
	if (!valid) mime_parser_note(p, MIME_NO_SUBTYPE);
	if (!valid && strcmp(type, "multipart") == 0)
		mime_entity_type(type, "multipart/mixed");
	else if (!valid)
		mime_entity_type(
		    type, strcmp(type, "text") == 0 ? "text/plain" : "application/octet-stream");
	p->typed = valid;
	memcpy(p->part->type, type, sizeof type);
	p->part->charset[0] = 0;
	twice = 0;
	charset = mime_params_find(&ps, "charset", &twice);
	if (twice) mime_parser_note(p, MIME_DUP_PARAM);
	if (charset)
		mime_entity_token(
		    p->part->charset, sizeof p->part->charset, charset->value, charset->len);
	mime_entity_name(p, &ps, "name", MIME_RANK_NAME);
	if (mime_begins(type, "multipart/")) multipart(p, &ps);
}
