/* What is said of parts, and what is refused. */

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

char const *
mime_pack_line(char const *what, char const *s)
{
	if (mime_compose_breaks(s)) strerr_dief(100, what, " contains a line break");
	if (strlen(s) > MIME_VALUE) strerr_dief(100, what, " is too long");
	return s;
}

void
mime_pack_encoding(struct mime_leaf *l, char const *s)
{
	static struct {
		char const *name;
		enum mime_cte cte;
	} const known[] = { { "7bit", MIME_CTE_7BIT }, { "8bit", MIME_CTE_8BIT },
		{ "binary", MIME_CTE_BINARY }, { "quoted-printable", MIME_CTE_QP },
		{ "qp", MIME_CTE_QP }, { "base64", MIME_CTE_B64 }, { "b64", MIME_CTE_B64 } };
	size_t i;

	for (i = 0; i < sizeof known / sizeof *known; i++)
		if (strcasecmp(known[i].name, s) == 0) {
			l->encoded = 1;
			l->cte = known[i].cte;
			return;
		}
	strerr_dief(100, "unknown transfer encoding: ", mime_pack_line("transfer encoding", s));
}

void
mime_pack_charset(struct mime_leaf *l, char const *s)
{
	size_t i;

	/* RFC 2978 2.3, and what is a token as well. */
	for (i = 0; s[i] > ' ' && s[i] < 127 && !strchr("()<>@,;:\\\"/[]?=", s[i]); i++)
		;
	if (s[i] || i == 0 || i > 60) strerr_dief(100, "invalid charset");
	l->charset = s;
}

void
mime_pack_cid(struct mime_leaf *l, char const *s)
{
	size_t i;

	for (i = 0; s[i] > ' ' && s[i] < 127 && s[i] != '<' && s[i] != '>'; i++)
		;
	if (s[i] || i == 0 || i > MIME_PACK_NAME)
		strerr_dief(100, "invalid content id: it has no blanks and no angle brackets");
	l->cid = s;
}

void
mime_pack_name(struct mime_leaf *l, char const *s)
{
	char name[MIME_PACK_NAME + 1];

	mime_pack_line("name", s);
	if (!mime_compose_filename(name, s)) strerr_dief(100, "name is too long");
	l->name = s;
}

int
mime_leaf_said(struct mime_leaf const *l)
{
	return l->given || l->name || l->description || l->charset || l->cid || l->encoded;
}

static uint32_t
hash(char const *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++) h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

/* Thousands of images, each against each other, but only where the hashes are equal. */
static void
unique_cids(struct mime_pack const *k)
{
	static uint32_t hashes[MIME_PACK_PARTS];
	char one[MIME_PACK_NAME + 1], other[MIME_PACK_NAME + 1];
	unsigned int i, j;

	for (i = 0; i < k->parts; i++) {
		if (!mime_leaf_cid(one, k->part + i)) continue;
		hashes[i] = hash(one);
		for (j = 0; j < i; j++)
			if (hashes[i] == hashes[j] && mime_leaf_cid(other, k->part + j)
			    && strcmp(one, other) == 0)
				strerr_dief(100, "two parts with the content id ", one, ": use -x");
	}
}

static void
check_charset(struct mime_leaf const *l)
{
	if (l->charset && l->given && strcasestr(l->given, "charset="))
		strerr_dief(100, "two charsets: -C and ", l->given);
}

void
mime_pack_check(struct mime_pack const *k)
{
	unsigned int i;

	if (k->images && !k->html.source.path)
		strerr_dief(100, "-i is for images of the page that -W names");
	if ((k->text.name || k->html.name) && !(k->kind && strcmp(k->kind, "form-data") == 0))
		strerr_dief(100, "-n is for parts: a text has no name");
	check_charset(&k->text);
	check_charset(&k->html);
	for (i = 0; i < k->parts; i++) check_charset(k->part + i);
	unique_cids(k);
}
