/* What is looked into, and what is a leaf: RFC 2046 sections 4 and 5. */

#include <string.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/header.h"

/* The type when none, or none that can be read, was given. */
static void
defaults(struct mime_parser *p)
{
	struct mime_frame const *f = p->depth ? p->frames + p->depth - 1 : NULL;
	int digest = f && !f->message && f->multi == MIME_DIGEST;

	if (p->part->type[0] == 0)
		mime_entity_type(p->part->type, digest ? "message/rfc822" : "text/plain");
	p->part->text = strncmp(p->part->type, "text/", 5) == 0;
	if (p->depth == 0 && p->content && !p->versioned) mime_parser_note(p, MIME_NO_VERSION);
}

static int
is_message(char const *type)
{
	return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0;
}

static void
open_leaf(struct mime_parser *p)
{
	enum mime_eol eol = p->part->text ? p->eol : MIME_EOL_KEEP;

	mime_decoder_init(&p->layer->decoder, p->part->cte, eol, p->end, &p->cpu);
	p->leaf = 1;
	mime_body_start(p);
}

void
mime_entity_open(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_HEAD, .part = p->part };
	int multi;
	enum mime_answer answer;

	defaults(p);
	multi = strncmp(p->part->type, "multipart/", 10) == 0;
	p->part->container =
	    multi || (is_message(p->part->type) && !mime_entity_encoded(p->part->cte));
	if (p->part->container && (!mime_frame_fits(p) || p->rest)) {
		mime_parser_note(p, MIME_LIMIT_DEPTH);
		p->part->container = multi = 0;
	}
	mime_frame_section(p, multi);
	p->part->header = p->header;
	p->part->body = p->part->end = p->layer->offset;
	p->part->class = mime_class_find(p);
	if (multi && p->typed == 2 && mime_boundary_taken(p))
		mime_parser_note(p, MIME_DUP_BOUNDARY);
	if (multi && mime_entity_encoded(p->part->cte)) mime_parser_note(p, MIME_CTE_ON_MULTI);
	if (!p->part->container && p->leaves++ == p->limits.parts) {
		p->rest = 1;
		mime_parser_note(p, MIME_LIMIT_PARTS);
	}
	answer = mime_parser_event(p, &e);
	if (answer == MIME_WHOLE && !multi) p->part->container = 0;
	if (!p->part->container) {
		open_leaf(p);
		return;
	}
	mime_frame_push(p);
	if (multi)
		mime_body_start(p);
	else
		mime_header_begin(p);
}

void
mime_entity_headless(struct mime_parser *p)
{
	mime_entity_type(p->part->type, "multipart/mixed");
	p->typed = 1;
	mime_entity_open(p);
}
