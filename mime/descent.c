/* What is looked into, and what is a leaf: RFC 2046 sections 4 and 5. */

#include <string.h>
#include <strings.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/header.h"
#include "mime/layer.h"
#include "mime/token.h"

/* The type when none, or none that can be read, was given. */
static void
defaults(struct mime_parser *p)
{
	struct mime_frame const *f = p->depth ? p->frames + p->depth - 1 : NULL;
	int digest = f && !f->message && f->multi == MIME_DIGEST;

	if (p->part->type[0] == 0)
		mime_entity_type(p->part->type, digest ? "message/rfc822" : "text/plain");
	p->part->text = mime_begins(p->part->type, "text/");
	p->plain = p->part->text && mime_equal(p->part->type + 5, "plain");
	if (p->depth == 0 && p->content && !p->versioned) mime_parser_note(p, MIME_NO_VERSION);
}

static int
is_message(char const *type)
{
	return mime_equal(type, "message/rfc822") || mime_equal(type, "message/global");
}

static void
open_leaf(struct mime_parser *p)
{
	enum mime_eol eol = p->part->text ? p->eol : MIME_EOL_KEEP;
	int multi = mime_begins(p->part->type, "multipart/");
	/* Past a limit; and what the encoding of a multipart says is mostly not so. */
	enum mime_cte cte = multi ? MIME_CTE_BINARY : p->part->cte;

	mime_decoder_init(&p->layer->decoder, cte, eol, p->layer->end, &p->cpu);
	p->leaf = 1;
	memset(&p->longline, 0, sizeof p->longline);
	mime_uutext_start(p);
	mime_body_start(p);
}

/* What can be decoded and parsed on the way: uuencoded bytes could become too many at once. */
static int
streams(enum mime_cte cte)
{
	return cte == MIME_CTE_B64 || cte == MIME_CTE_QP;
}

static void
open_multipart(struct mime_parser *p)
{
	int coded = streams(p->part->cte) && mime_layer_fits(p);

	mime_frame_push(p);
	mime_body_start(p);
	if (!coded) return;
	p->state = MIME_STATE_CODED;
	p->bol = 1;
	p->line = 0;
}

static void
open_message(struct mime_parser *p)
{
	mime_frame_push(p);
	if (mime_entity_encoded(p->part->cte)) mime_layer_open(p);
	mime_header_begin(p);
}

/* Whether it is looked into, as far as the limits allow. */
static int
container(struct mime_parser *p, int multi)
{
	int coded = !multi && mime_entity_encoded(p->part->cte);

	if (!multi && !is_message(p->part->type)) return 0;
	if (mime_frame_fits(p) && !p->layer->rest && !(coded && p->top == MIME_LAYERS))
		return !coded || (streams(p->part->cte) && mime_layer_fits(p));
	mime_parser_note(p, MIME_LIMIT_DEPTH);
	return 0;
}

/* One more leaf: from the limit on it is all that is left. */
static void
count(struct mime_parser *p)
{
	if (p->leaves < p->limits.parts) {
		p->leaves++;
		return;
	}
	p->layer->rest = 1;
	mime_parser_note(p, MIME_LIMIT_PARTS);
}

/* Outlook's own packaging: what is in it is for a program that reads it. */
static int
is_tnef(struct mime_part const *part)
{
	static char const name[] = "winmail.dat";

	if (mime_equal(part->type, "application/ms-tnef")
	    || mime_equal(part->type, "application/vnd.ms-tnef"))
		return 1;
	return part->namelen == sizeof name - 1
	    && mime_equal(part->type, "application/octet-stream")
	    && strncasecmp(part->name, name, sizeof name - 1) == 0;
}

void
mime_entity_open(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_HEAD, .part = p->part };
	int multi;

	defaults(p);
	multi = mime_begins(p->part->type, "multipart/");
	p->part->container = container(p, multi);
	multi = multi && p->part->container;
	/* Only a multipart may have another one than a leaf. */
	if (multi) mime_frame_section(p, multi);
	mime_parser_named(p);
	p->part->body = p->part->end = mime_parser_place(p, p->layer->offset);
	p->part->class = mime_class_find(p);
	if (multi && p->typed == 2 && mime_boundary_taken(p))
		mime_parser_note(p, MIME_DUP_BOUNDARY);
	if (multi && mime_entity_encoded(p->part->cte)) mime_parser_note(p, MIME_CTE_ON_MULTI);
	if (is_tnef(p->part)) mime_parser_note(p, MIME_TNEF);
	if (!p->part->container) count(p);
	if (mime_parser_event(p, &e) == MIME_WHOLE && !multi) p->part->container = 0;
	if (!p->part->container)
		open_leaf(p);
	else if (multi)
		open_multipart(p);
	else
		open_message(p);
}

void
mime_entity_headless(struct mime_parser *p)
{
	mime_entity_type(p->part->type, "multipart/mixed");
	p->typed = 1;
	mime_entity_open(p);
}
