/* Which open multipart a delimiter line belongs to: RFC 2046 section 5.1.1. */

#include <string.h>

#include "mime/boundary.h"

/* FNV-1a, taken up where it was left. */
static uint32_t
hash_more(uint32_t h, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

uint32_t
mime_boundary_hash(char const *s, size_t n)
{
	return hash_more(2166136261u, s, n);
}

void
mime_boundary_link(struct mime_parser *p, unsigned int at)
{
	struct mime_frame *f = p->frames + at;
	uint16_t *slot;

	f->hash = mime_boundary_hash(p->pool + f->boundary, f->len);
	slot = p->slots + f->hash % MIME_SLOTS;
	f->outer = *slot;
	*slot = (uint16_t)(at + 1);
}

void
mime_boundary_unlink(struct mime_parser *p, unsigned int at)
{
	struct mime_frame const *f = p->frames + at;

	if (!f->message && !f->guess) p->slots[f->hash % MIME_SLOTS] = f->outer;
}

static int
same(
    struct mime_parser const *p, struct mime_frame const *f, uint32_t hash, char const *s, size_t n)
{
	return f->hash == hash && f->len == n && memcmp(p->pool + f->boundary, s, n) == 0;
}

/* The frames that belong to the stream that is being read are those below this one. */
static unsigned int
ceiling(struct mime_parser const *p)
{
	return p->layer == p->layers + p->top ? p->depth : p->layer[1].base;
}

/* The innermost open multipart of the stream with this boundary: its number from 1, or 0. */
static unsigned int
find(struct mime_parser const *p, uint32_t hash, char const *s, size_t n)
{
	unsigned int at = p->slots[hash % MIME_SLOTS];
	unsigned int high = ceiling(p);

	while (at > p->layer->base) {
		struct mime_frame const *f = p->frames + at - 1;

		if (at <= high && !f->closed && same(p, f, hash, s, n)) return at;
		at = f->outer;
	}
	return 0;
}

char *
mime_boundary_room(struct mime_parser *p, size_t n)
{
	if (p->pool != p->large && n > MIME_FEW_BYTES - p->pooled) {
		memcpy(p->large, p->pool, p->pooled);
		p->pool = p->large;
	}
	return p->pool + p->pooled;
}

int
mime_boundary_taken(struct mime_parser const *p)
{
	char const *s = p->pool + p->pooled;

	return find(p, mime_boundary_hash(s, p->boundary), s, p->boundary) > 0;
}

/* A line without its dashes, hashed with and without the two at its end. */
struct hashed {
	char const *s;
	size_t n;
	uint32_t open;
	uint32_t close; /* valid if dashes */
	int dashes;
};

static struct hashed
hash_line(char const *s, size_t n)
{
	struct hashed h = { .s = s, .n = n };

	h.dashes = n >= 2 && s[n - 1] == '-' && s[n - 2] == '-';
	if (h.dashes) {
		h.close = mime_boundary_hash(s, n - 2);
		h.open = hash_more(h.close, s + n - 2, 2);
	} else {
		h.open = mime_boundary_hash(s, n);
	}
	return h;
}

static void
compare(struct mime_parser const *p, struct mime_frame const *f, struct hashed const *h,
    struct mime_delimiter *d)
{
	d->found = same(p, f, h->open, h->s, h->n);
	d->close = !d->found && h->dashes && same(p, f, h->close, h->s, h->n - 2);
	d->found |= d->close;
}

/* Among the open ones, innermost first. */
static void
among_open(struct mime_parser const *p, struct hashed const *h, struct mime_delimiter *d)
{
	unsigned int open = find(p, h->open, h->s, h->n);
	unsigned int close = h->dashes ? find(p, h->close, h->s, h->n - 2) : 0;

	d->close = close > open;
	if (d->close) open = close;
	d->found = open > 0;
	if (d->found) d->frame = open - 1;
}

/* The boundary that waits in the pool. */
static void
compare_own(struct mime_parser const *p, struct hashed const *h, struct mime_delimiter *d)
{
	struct mime_frame waiting = { .boundary = p->pooled, .len = p->boundary };

	waiting.hash = mime_boundary_hash(p->pool + p->pooled, p->boundary);
	compare(p, &waiting, h, d);
	d->own = d->found;
}

struct mime_delimiter
mime_boundary_match(struct mime_parser const *p, char const *line, size_t n, int own)
{
	struct mime_delimiter d = { 0, 0, 0, 0, 0 };
	struct hashed h;
	unsigned int high;

	if (n > 2 && line[n - 1] == '\r') n--;
	while (n > 2 && (line[n - 1] == ' ' || line[n - 1] == '\t')) n--;
	if (n < 2 || n > MIME_BOUNDARY + 4 || line[0] != '-' || line[1] != '-') return d;
	h = hash_line(line + 2, n - 2);
	if (own && p->typed == 2) compare_own(p, &h, &d);
	if (!d.found) among_open(p, &h, &d);
	/* A closed multipart counts only after all open ones: its boundary may be in use again. */
	if (d.found) return d;
	high = ceiling(p);
	if (high > p->layer->base && p->frames[high - 1].closed) {
		d.frame = high - 1;
		compare(p, p->frames + d.frame, &h, &d);
	}
	return d;
}

size_t
mime_boundary_likely(char const *line, size_t n)
{
	while (n > 0 && strchr(" \t\r\n", line[n - 1])) n--;
	if (n < 3 || n > 202 || line[0] != '-' || line[1] != '-' || line[2] == ' ') return 0;
	return n - 2;
}

void
mime_boundary_guess(struct mime_parser *p, char const *s, size_t n)
{
	struct mime_frame *f = p->frames + p->depth - 1;

	memcpy(mime_boundary_room(p, n), s, n);
	f->len = n;
	f->guess = 0;
	p->pooled += n;
	mime_boundary_link(p, p->depth - 1);
}
