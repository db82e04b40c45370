/* What the parser tells its caller. */

#include "mime/frame.h"

enum mime_answer
mime_parser_event(struct mime_parser *p, struct mime_event const *e)
{
	enum mime_answer a;

	if (p->stopped) return MIME_STOP;
	if (!mime_parser_wants(p, e->kind)) return MIME_GO;
	a = p->func(p->ctx, e);
	if (a == MIME_STOP) p->stopped = 1;
	return a;
}

static void
say(struct mime_parser *p, struct mime_waiting const *w)
{
	struct mime_event e = { .kind = MIME_EVENT_WARN,
		.part = p->part,
		.code = w->code,
		.level = w->level,
		.offset = w->offset };

	mime_parser_event(p, &e);
}

void
mime_parser_warn(struct mime_parser *p, enum mime_code code, enum mime_level level)
{
	struct mime_waiting w = { code, level, mime_parser_place(p, p->layer->offset) };
	mime_codes bit = (mime_codes)1 << code;

	if (p->part->codes & bit) return;
	p->part->codes |= bit;
	p->codes |= bit;
	if (level != MIME_NOTICE) {
		p->part->damage |= bit;
		p->damage |= bit;
	}
	if (p->nameless)
		p->waits[p->waiting++] = w; /* each code is there once */
	else
		say(p, &w);
}

void
mime_parser_named(struct mime_parser *p)
{
	unsigned int i;

	p->nameless = 0;
	for (i = 0; i < p->waiting; i++) say(p, p->waits + i);
	p->waiting = 0;
}

void
mime_parser_note(struct mime_parser *p, enum mime_code code)
{
	mime_parser_warn(p, code, mime_code_level(code));
}

uint64_t
mime_parser_place(struct mime_parser const *p, uint64_t offset)
{
	return p->layer == p->layers ? offset : p->layer->origin;
}

static void
send_raw(struct mime_parser *p, enum mime_piece piece, char const *s, size_t n)
{
	struct mime_event e = { .kind = MIME_EVENT_RAW, .part = p->part, .piece = piece };

	e.s = s;
	e.n = n;
	e.offset = p->given;
	p->given += n;
	mime_parser_event(p, &e);
}

void
mime_parser_raw(struct mime_parser *p, enum mime_piece piece, char const *s, size_t n)
{
	if (!mime_parser_wants(p, MIME_EVENT_RAW)) return;
	if (n > 0 && p->layer == p->layers) send_raw(p, piece, s, n);
}

void
mime_parser_unread(struct mime_parser *p, char const *s, size_t n)
{
	p->back = s;
	p->backlen = n;
	p->layer->offset -= n;
}
