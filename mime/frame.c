/* The stack of open containers and their boundaries: RFC 2046 section 5.1.1. */

#include <string.h>

#include "mime/frame.h"

/* FNV-1a, taken up where it was left. */
static uint32_t
hash_more(uint32_t h, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

uint32_t
mime_frame_hash(char const *s, size_t n)
{
	return hash_more(2166136261u, s, n);
}

/* A line without its dashes, hashed with and without the two at its end. */
struct hashed {
	char const *s;
	size_t n;
	uint32_t open;
	uint32_t close; /* valid if dashes */
	int dashes;
};

static int
same(
    struct mime_parser const *p, struct mime_frame const *f, uint32_t hash, char const *s, size_t n)
{
	return f->len == n && f->hash == hash && memcmp(p->pool + f->boundary, s, n) == 0;
}

static void
compare(struct mime_parser const *p, struct mime_frame const *f, struct hashed const *h,
    struct mime_delimiter *d)
{
	d->found = same(p, f, h->open, h->s, h->n);
	d->close = !d->found && h->dashes && same(p, f, h->close, h->s, h->n - 2);
	d->found |= d->close;
}

static struct hashed
hash_line(char const *s, size_t n)
{
	struct hashed h = { .s = s, .n = n };

	h.dashes = n >= 2 && s[n - 1] == '-' && s[n - 2] == '-';
	if (h.dashes) {
		h.close = mime_frame_hash(s, n - 2);
		h.open = hash_more(h.close, s + n - 2, 2);
	} else {
		h.open = mime_frame_hash(s, n);
	}
	return h;
}

struct mime_delimiter
mime_frame_match(struct mime_parser const *p, char const *line, size_t n, int own)
{
	struct mime_delimiter d = { 0, 0, 0, 0 };
	struct mime_frame waiting = { .boundary = p->pooled, .len = p->boundary };
	struct hashed h;
	unsigned int i;

	while (n > 2 && (line[n - 1] == ' ' || line[n - 1] == '\t' || line[n - 1] == '\r')) n--;
	if (n < 2 || line[0] != '-' || line[1] != '-') return d;
	h = hash_line(line + 2, n - 2);
	if (own && p->typed == 2) {
		waiting.hash = mime_frame_hash(p->pool + p->pooled, p->boundary);
		compare(p, &waiting, &h, &d);
		d.own = d.found;
	}
	for (i = p->depth; i > 0 && !d.found; i--) {
		struct mime_frame const *f = p->frames + i - 1;

		if (f->message || f->guess || f->closed) continue;
		compare(p, f, &h, &d);
		d.frame = i - 1;
	}
	/* A closed multipart counts only after all open ones: its boundary may be in use again. */
	if (!d.found && p->depth && p->frames[p->depth - 1].closed) {
		compare(p, p->frames + p->depth - 1, &h, &d);
		d.frame = p->depth - 1;
	}
	return d;
}

int
mime_frame_fits(struct mime_parser const *p)
{
	return p->depth < p->limits.depth && p->pooled + MIME_BOUNDARY <= MIME_POOL
	    && strlen(p->part.section) + 50 < MIME_SECTION_SIZE;
}

static struct mime_frame *
top(struct mime_parser const *p)
{
	return p->depth ? p->frames + p->depth - 1 : NULL;
}

/*
 * The sections of RFC 9051 6.4.5.1: the children of a multipart have its
 * section and a number; a multipart that is a message, or in one, has none of
 * its own and is shown as 0.
 */
void
mime_frame_section(struct mime_parser *p, int multipart)
{
	struct mime_frame const *f = top(p);
	size_t n = f ? f->section : 0;
	int root = !f || f->message;
	uint64_t number = root ? !multipart : f->children;
	char digits[20];
	size_t d = 0;

	if (n > 0) p->part.section[n++] = '.';
	do digits[d++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (d > 0) p->part.section[n++] = digits[--d];
	p->part.section[n] = 0;
}

void
mime_frame_push(struct mime_parser *p)
{
	static struct mime_frame const none = { .message = 1 };
	struct mime_frame const *parent = p->depth ? p->frames + p->depth - 1 : &none;
	struct mime_frame *f = p->frames + p->depth;
	int message = p->part.class == MIME_CLASS_MSG;
	int later = parent->multi == MIME_ALTERNATIVE && parent->children > 1;
	int guess = !message && p->typed != 2;
	size_t section = strlen(p->part.section);

	if (parent->message && !message) section = parent->section;
	*f = (struct mime_frame){ .message = message,
		.multi = p->multi,
		.start = p->start,
		.alternative = parent->alternative || later,
		.section = section,
		.guess = guess,
		.boundary = p->pooled };
	if (!message && !guess) {
		f->len = p->boundary;
		f->hash = mime_frame_hash(p->pool + f->boundary, f->len);
		p->pooled += f->len;
	}
	p->depth++;
}

/* The section of the container at f, from the path that is still in the part. */
static void
own_section(struct mime_parser *p, unsigned int at)
{
	struct mime_frame const *f = p->frames + at;
	int root = at == 0 || p->frames[at - 1].message;
	char *s = p->part.section;

	s[f->section] = 0;
	if (f->message || !root) return;
	s += f->section;
	if (f->section) *s++ = '.';
	memcpy(s, "0", 2);
}

static void
close_container(struct mime_parser *p)
{
	unsigned int at = p->depth - 1;
	struct mime_frame const *f = p->frames + at;
	struct mime_event e = { .kind = MIME_EVENT_END, .part = &p->part };

	own_section(p, at);
	p->part.container = 1;
	p->part.class = f->message ? MIME_CLASS_MSG : MIME_CLASS_MULTI;
	p->part.depth = at;
	p->part.codes = 0;
	p->part.damage = 0;
	if (!f->message) {
		if (f->children == 0)
			mime_parser_note(p, MIME_NO_BOUNDARY);
		else if (!f->closed)
			mime_parser_note(p, MIME_NO_CLOSE);
	}
	p->depth = at;
	p->pooled = f->boundary;
	mime_parser_event(p, &e);
}

static void
close_leaf(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_DATA, .part = &p->part };
	mime_codes damage;
	mime_codes codes;
	unsigned int i;
	int inside = mime_decoder_inside(&p->decoder);

	p->leaf = 0;
	e.n = mime_decode_end(&p->decoder, p->scratch);
	e.s = p->scratch;
	p->part.size += e.n;
	if (e.n > 0) mime_parser_event(p, &e);
	if (p->decoder.cte == MIME_CTE_B64) p->cpu = p->decoder.u.b64.cpu;
	codes = mime_decoder_codes(&p->decoder, &damage);
	for (i = 0; i < MIME_CODES; i++)
		if (codes >> i & 1)
			mime_parser_warn(
			    p, (enum mime_code)i, damage >> i & 1 ? MIME_DAMAGE : MIME_NOTICE);
	if (inside && p->eof && p->depth) mime_parser_warn(p, MIME_NO_CLOSE, MIME_DAMAGE);
	e.kind = MIME_EVENT_END;
	mime_parser_event(p, &e);
}

void
mime_frame_pop(struct mime_parser *p, unsigned int depth)
{
	if (p->leaf) close_leaf(p);
	while (p->depth > depth) close_container(p);
}
