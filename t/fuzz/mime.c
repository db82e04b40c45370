/*
 * The MIME parser: the same events however the input is cut, none outside of
 * it; every byte of it is given out once, in order; no more decoded bytes than
 * were put in, but for lines of uuencode whose zeros were lost.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/parser.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *data, size_t n);

struct seen {
	uint64_t hash;
	uint64_t pieces; /* of what each byte belongs to */
	uint64_t bytes;
	uint64_t given;
	char const *s;
	size_t n;
};

static void
mix(struct seen *t, void const *s, size_t n)
{
	unsigned char const *p = s;
	size_t i;

	for (i = 0; i < n; i++) t->hash = (t->hash ^ p[i]) * 1099511628211u;
}

static void
raw(struct seen *t, struct mime_event const *e)
{
	size_t i;

	if (e->offset != t->given || e->n > t->n - t->given) abort();
	if (memcmp(e->s, t->s + t->given, e->n) != 0) abort();
	t->given += e->n;
	for (i = 0; i < e->n; i++) t->pieces = (t->pieces ^ (e->piece + 1)) * 1099511628211u;
}

static enum mime_answer
event(void *ctx, struct mime_event const *e)
{
	struct seen *t = ctx;

	if (e->kind == MIME_EVENT_DATA) {
		t->bytes += e->n;
		mix(t, e->s, e->n);
		return MIME_GO;
	}
	if (e->kind == MIME_EVENT_RAW) {
		raw(t, e);
		return MIME_GO;
	}
	if (e->part->end > t->n || e->part->body > t->n || e->part->header > t->n) abort();
	mix(t, &e->kind, sizeof e->kind);
	mix(t, e->part->section, strlen(e->part->section));
	if (e->kind == MIME_EVENT_BEGIN) return MIME_GO;
	if (e->kind == MIME_EVENT_FIELD) {
		mix(t, e->s, e->n);
		mix(t, &e->offset, sizeof e->offset);
		return MIME_GO;
	}
	mix(t, e->part->type, strlen(e->part->type));
	if (e->kind == MIME_EVENT_WARN) {
		mix(t, &e->code, sizeof e->code);
		mix(t, &e->offset, sizeof e->offset);
		return MIME_GO;
	}
	mix(t, &e->part->class, sizeof e->part->class);
	mix(t, e->part->name, e->part->namelen);
	mix(t, &e->part->body, sizeof e->part->body);
	if (e->kind == MIME_EVENT_END && !e->part->container)
		mix(t, &e->part->end, sizeof e->part->end);
	return MIME_GO;
}

/* In an arena of the least size, or with room to spare; what lies behind it is nobody's. */
static struct seen
parse(char const *s, size_t n, size_t piece, int spare)
{
	static struct mime_parser p;
	static char *arenas[2];
	struct mime_limits limits = {
		.depth = 20, .parts = 50, .params = 30, .header = 4096, .field = MIME_FIELD
	};
	struct seen t = { .hash = 14695981039346656037u, .pieces = 1, .s = s, .n = n };
	size_t len = mime_parser_arena(&limits) + (spare ? 65536 : 0);
	size_t i;

	if (!arenas[spare]) arenas[spare] = malloc(len);
	if (!mime_parser_init(&p, &limits, arenas[spare], len, &event, &t)) abort();
	for (i = 0; i < n; i += piece) mime_parser_feed(&p, s + i, n - i < piece ? n - i : piece);
	mime_parser_end(&p);
	if (t.given != n) abort();
	return t;
}

int
LLVMFuzzerTestOneInput(uint8_t const *data, size_t n)
{
	static size_t const pieces[] = { 1, 2, 3, 61, 4096 };
	char const *s = (char const *)data;
	struct seen whole = parse(s, n, n + 1, 1);
	size_t i;

	if (whole.bytes > n / 2 * 63 + n) abort();
	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct seen cut = parse(s, n, pieces[i], 0);

		if (cut.hash != whole.hash || cut.pieces != whole.pieces) abort();
	}
	return 0;
}
