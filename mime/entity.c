/* The fields that describe an entity: RFC 2045 sections 4 to 7, RFC 2183, RFC 2392. */

#include <string.h>

#include "mime/entity.h"
#include "mime/find.h"
#include "mime/header.h"
#include "mime/token.h"

struct field {
	char const *name; /* in lower case */
	size_t len;
	void (*read)(struct mime_parser *p, char const *s, size_t n);
};

/* A row of the table. */
#define FIELD(name, read) \
	{ \
		name, sizeof(name) - 1, read \
	}

void
mime_entity_reset(struct mime_parser *p)
{
	struct mime_part *part = p->part;

	part->depth = p->depth;
	part->container = 0;
	part->text = 0;
	part->cte = MIME_CTE_7BIT;
	part->disposition = MIME_DISPOSITION_NONE;
	part->within = 0;
	part->coded = p->top > 0;
	part->header = part->body = part->end = mime_parser_place(p, p->header);
	part->size = 0;
	part->codes = part->damage = 0;
	part->type[0] = part->charset[0] = part->token[0] = part->cid[0] = 0;
	part->namelen = 0;
	p->versioned = p->content = p->ctypes = p->typed = p->encoded = 0;
	p->ranked = MIME_RANK_NONE;
	p->multi = MIME_MIXED;
	p->start = 0;
	p->boundary = 0;
	mime_frame_section(p, 0);
	p->nameless = mime_header_message(p);
	p->waiting = 0;
}

static void
disposition(struct mime_parser *p, char const *s, size_t n)
{
	char word[MIME_TOKEN_SIZE];
	struct mime_params ps;
	size_t i = mime_entity_token(word, sizeof word, s, n);

	/* "Content-Disposition: filename=x" has no type at all. */
	if (strchr(word, '=')) i = 0;
	mime_entity_params(p, &ps, s + i, n - i);
	if (p->part->disposition != MIME_DISPOSITION_NONE)
		mime_parser_note(p, MIME_DUP_PARAM);
	else if (strcmp(word, "inline") == 0)
		p->part->disposition = MIME_DISPOSITION_INLINE;
	else
		p->part->disposition = MIME_DISPOSITION_ATTACHMENT;
	mime_entity_name(p, &ps, "filename", MIME_RANK_FILENAME);
}

static enum mime_cte
encoding(char const *word)
{
	if (strcmp(word, "base64") == 0) return MIME_CTE_B64;
	if (strcmp(word, "quoted-printable") == 0) return MIME_CTE_QP;
	if (strcmp(word, "x-uuencode") == 0 || strcmp(word, "uuencode") == 0
	    || strcmp(word, "x-uue") == 0)
		return MIME_CTE_UU;
	if (strcmp(word, "8bit") == 0) return MIME_CTE_8BIT;
	if (strcmp(word, "binary") == 0) return MIME_CTE_BINARY;
	if (strcmp(word, "7bit") == 0) return MIME_CTE_7BIT;
	return MIME_CTE_UNKNOWN;
}

int
mime_entity_encoded(enum mime_cte cte)
{
	return cte == MIME_CTE_B64 || cte == MIME_CTE_QP || cte == MIME_CTE_UU;
}

static void
transfer_encoding(struct mime_parser *p, char const *s, size_t n)
{
	char word[MIME_TOKEN_SIZE];
	enum mime_cte cte;

	mime_entity_token(word, sizeof word, s, n);
	if (word[0] == 0) return;
	cte = encoding(word);
	if (p->encoded && cte != p->part->cte) {
		mime_parser_note(p, MIME_DUP_CTE);
		if (!mime_entity_encoded(cte)) return;
	}
	if (cte == MIME_CTE_UNKNOWN) mime_parser_note(p, MIME_UNK_CTE);
	p->encoded = 1;
	p->part->cte = cte;
	memcpy(p->part->token, word, sizeof word);
}

static void
content_id(struct mime_parser *p, char const *s, size_t n)
{
	size_t w = 0;

	if (p->part->cid[0]) {
		mime_parser_note(p, MIME_DUP_PARAM);
		return;
	}
	while (n > 0 && strchr(" \t<", *s)) {
		s++;
		n--;
	}
	while (w < n && w + 1 < MIME_CID_SIZE && s[w] != '>' && s[w]) w++;
	memcpy(p->part->cid, s, w);
	p->part->cid[w] = 0;
}

static void
version(struct mime_parser *p, char const *s, size_t n)
{
	(void)s;
	(void)n;
	p->versioned = 1;
}

/* clang-format off */
static struct field const fields[] = {
	FIELD("content-type", mime_entity_content_type),
	FIELD("content-transfer-encoding", transfer_encoding),
	FIELD("content-disposition", disposition),
	FIELD("content-id", content_id),
	FIELD("mime-version", version),
};
/* clang-format on */

static void
check_bytes(struct mime_parser *p, char const *s, size_t n)
{
	uint64_t const ones = UINT64_MAX / 255;
	uint64_t const tops = ones << 7;
	uint64_t eight;
	uint64_t all = 0;
	uint64_t none = 0; /* bytes that are 0 make one of these not 0 */
	size_t i;

	for (i = 0; i + 8 <= n; i += 8) {
		memcpy(&eight, s + i, 8);
		all |= eight;
		none |= (eight - ones) & ~eight & tops;
	}
	/* The last eight, some of them once more. */
	if (i < n && n >= 8) {
		memcpy(&eight, s + n - 8, 8);
		all |= eight;
		none |= (eight - ones) & ~eight & tops;
		i = n;
	}
	for (; i < n; i++) {
		all |= (unsigned char)s[i];
		none |= !s[i];
	}
	if (all & tops) mime_parser_note(p, MIME_8BIT_HDR);
	if (none) mime_parser_note(p, MIME_NUL_HDR);
}

/* Read a field for its meaning, if it has one here. */
static void
read_field(struct mime_parser *p, char const *s, size_t n)
{
	char const *colon = mime_find(s, ':', n);
	size_t len = colon ? (size_t)(colon - s) : 0;
	size_t value = n - len - 1;
	size_t i;

	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t')) len--;
	if (len == 0) return;
	check_bytes(p, s, n);
	if (mime_lower(*s) != 'c' && mime_lower(*s) != 'm') return;
	if (len >= 8 && mime_is_word(s, "content-", 8)) p->content = 1;
	for (i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (fields[i].len != len || !mime_is_word(s, fields[i].name, len)) continue;
		fields[i].read(p, colon + 1, value);
		break;
	}
}

static void
send_field(struct mime_parser *p, char const *s, size_t n, int cut)
{
	struct mime_event e = { .kind = MIME_EVENT_FIELD, .part = p->part, .s = s, .cut = cut };

	e.n = n;
	e.offset = mime_parser_place(p, p->from);
	mime_parser_event(p, &e);
}

void
mime_entity_field(struct mime_parser *p, char const *s, size_t n)
{
	uint64_t offset = p->layer->offset;

	/* What is found is reported where the field begins. */
	p->layer->offset = p->from;
	if (p->from - p->header >= p->limits.header) {
		mime_parser_note(p, MIME_LIMIT_HEADER);
	} else {
		int cut = p->cut || n > p->limits.field;

		if (n > p->limits.field) n = p->limits.field;
		if (cut) mime_parser_note(p, MIME_LIMIT_FIELD);
		if (mime_parser_wants(p, MIME_EVENT_FIELD)) send_field(p, s, n, cut);
		read_field(p, s, n);
	}
	p->layer->offset = offset;
}
