/*
 * mime-events [size]: the events of the MIME parser for the message on standard
 * input, fed size bytes at a time, one line each; runs of RAW are joined. Exit 1
 * if the RAW events are not the input, byte for byte.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mime/parser.h"

enum { INPUT = 1 << 22 };

static char in[INPUT];

struct seen {
	size_t given;
	int lost;
	enum mime_piece piece;
	size_t run; /* bytes of that piece not yet printed */
};

static void
print_run(struct seen *t)
{
	static char const *const pieces[] = { "header", "body", "preamble", "epilogue",
		"delimiter" };

	if (t->run) printf("%s %zu\n", pieces[t->piece], t->run);
	t->run = 0;
}

static void
raw(struct seen *t, struct mime_event const *e)
{
	if (e->piece != t->piece) print_run(t);
	t->piece = e->piece;
	t->run += e->n;
	if (e->offset != t->given || e->n > INPUT - t->given
	    || memcmp(in + t->given, e->s, e->n) != 0)
		t->lost = 1;
	t->given += e->n;
}

static enum mime_answer
event(void *ctx, struct mime_event const *e)
{
	struct seen *t = ctx;

	if (e->kind == MIME_EVENT_RAW) {
		raw(t, e);
		return MIME_GO;
	}
	if (e->kind == MIME_EVENT_DATA) return MIME_GO;
	print_run(t);
	if (e->kind == MIME_EVENT_BEGIN)
		printf("BEGIN %s\n", e->part->section);
	else if (e->kind == MIME_EVENT_FIELD)
		printf("FIELD %.*s%s\n", (int)(e->n < 60 ? e->n : 60), e->s, e->cut ? " cut" : "");
	else if (e->kind == MIME_EVENT_HEAD)
		printf("HEAD %s %s\n", e->part->section, e->part->type);
	else if (e->kind == MIME_EVENT_END)
		printf("END %s\n", e->part->section);
	else
		printf("WARN %s %llu\n", mime_code_name(e->code), (unsigned long long)e->offset);
	return MIME_GO;
}

int
main(int argc, char **argv)
{
	static struct mime_parser p;
	static _Alignas(64) char arena[192 * 1024];
	struct mime_limits limits = { .depth = MIME_DEPTH,
		.parts = MIME_PARTS,
		.params = MIME_PARAMS,
		.header = MIME_HEADER,
		.field = MIME_FIELD };
	struct seen t = { 0 };
	size_t n = fread(in, 1, sizeof in, stdin);
	size_t piece = argc > 1 ? strtoul(argv[1], NULL, 10) : n + 1;
	size_t i;

	if (!mime_parser_init(&p, &limits, arena, sizeof arena, &event, &t)) return 2;
	for (i = 0; i < n; i += piece) mime_parser_feed(&p, in + i, n - i < piece ? n - i : piece);
	mime_parser_end(&p);
	print_run(&t);
	return t.lost || t.given != n;
}
