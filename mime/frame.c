/* The stack of open containers and the sections of what is in them: RFC 9051 section 6.4.5.1. */

#include <string.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/decimal.h"
#include "mime/frame.h"
#include "mime/layer.h"

int
mime_frame_fits(struct mime_parser const *p)
{
	return p->depth < p->limits.depth && p->pooled + MIME_BOUNDARY <= MIME_POOL
	    && strlen(p->part->section) + 50 < MIME_SECTION_SIZE;
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

	if (n > 0) p->part->section[n++] = '.';
	n += mime_decimal(p->part->section + n, number);
	p->part->section[n] = 0;
}

void
mime_frame_push(struct mime_parser *p)
{
	static struct mime_frame const none = { .message = 1 };
	struct mime_frame const *parent = p->depth ? p->frames + p->depth - 1 : &none;
	struct mime_frame *f = p->frames + p->depth;
	int message = p->part->class == MIME_CLASS_MSG;
	int later = parent->multi == MIME_ALTERNATIVE && parent->children > 1;
	int guess = !message && p->typed != 2;
	size_t section = strlen(p->part->section);

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
		p->pooled += f->len;
		mime_boundary_link(p, p->depth);
	}
	p->depth++;
	/* There is always room for one more, or it is one too many for all. */
	if (p->depth == MIME_FEW_FRAMES && p->frames != p->deep) {
		memcpy(p->deep, p->frames, MIME_FEW_FRAMES * sizeof *p->frames);
		p->frames = p->deep;
	}
}

/* The section of the container at f, from the path that is still in the part. */
static void
own_section(struct mime_parser *p, unsigned int at)
{
	struct mime_frame const *f = p->frames + at;
	int root = at == 0 || p->frames[at - 1].message;
	char *s = p->part->section;

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
	struct mime_event e = { .kind = MIME_EVENT_END, .part = p->part };

	own_section(p, at);
	p->part->container = 1;
	p->part->class = f->message ? MIME_CLASS_MSG : MIME_CLASS_MULTI;
	p->part->depth = at;
	p->part->codes = 0;
	p->part->damage = 0;
	if (p->top && p->layer->base == at) mime_layer_report(p);
	if (!f->message) {
		if (f->children == 0)
			mime_parser_note(p, MIME_NO_BOUNDARY);
		else if (!f->closed)
			mime_parser_note(p, MIME_NO_CLOSE);
	}
	p->depth = at;
	p->pooled = f->boundary;
	mime_boundary_unlink(p, at);
	mime_parser_event(p, &e);
}

/* Reported where the line begins. */
static void
report_long_line(struct mime_parser *p)
{
	uint64_t offset = p->layer->offset;

	mime_longline_end(&p->longline);
	if (!p->longline.found) return;
	p->layer->offset = p->part->body + p->longline.line;
	mime_parser_note(p, MIME_LONG_LINE);
	p->layer->offset = offset;
}

static void
close_leaf(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_DATA, .part = p->part };
	mime_codes damage;
	mime_codes codes;
	unsigned int i;
	int inside = mime_decoder_inside(&p->layer->decoder);

	mime_uutext_end(p);
	p->leaf = 0;
	e.n = mime_decode_end(&p->layer->decoder, p->scratch);
	e.s = p->scratch;
	p->part->size += e.n;
	if (e.n > 0) mime_parser_event(p, &e);
	report_long_line(p);
	codes = mime_decoder_codes(&p->layer->decoder, &damage);
	for (i = 0; codes >> i; i++)
		if (codes >> i & 1)
			mime_parser_warn(
			    p, (enum mime_code)i, damage >> i & 1 ? MIME_DAMAGE : MIME_NOTICE);
	if (inside && p->eof && p->depth) mime_parser_warn(p, MIME_NO_CLOSE, MIME_DAMAGE);
	/* Some leave out the padding, but not the end of the line. */
	if (inside && p->eof && !p->depth && !p->layer->bol) mime_parser_note(p, MIME_TRUNCATED);
	e.kind = MIME_EVENT_END;
	mime_parser_event(p, &e);
}

void
mime_frame_pop(struct mime_parser *p, unsigned int depth)
{
	if (p->leaf) close_leaf(p);
	while (p->depth > depth) close_container(p);
}
