/* Multiparts without boundary: the first line "--X" before a field has it. RFC 7103. */

#include "mime/body.h"
#include "mime/header.h"

/* It is none: the line is preamble, and what comes after it is read again. */
static void
none(struct mime_parser *p)
{
	char const *s = p->layer->held;
	size_t after = p->layer->heldlen - p->line;

	p->state = MIME_STATE_BODY;
	mime_parser_unread(p, s + p->line, after);
	mime_body_line(p, s, p->line);
}

static void
adopt(struct mime_parser *p)
{
	struct mime_delimiter d = { .found = 1, .frame = p->depth - 1 };
	char const *s = p->layer->held;

	mime_parser_unread(p, s + p->line, p->layer->heldlen - p->line);
	mime_boundary_guess(p, s + 2, mime_boundary_likely(s, p->line));
	p->layer->offset -= p->line;
	mime_parser_note(p, MIME_BOUNDARY_GUESSED);
	p->layer->offset += p->line;
	mime_body_delimiter(p, &d, s, p->line);
}

size_t
mime_guess(struct mime_parser *p, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && p->naming < MIME_NAMING_FIELD && p->layer->heldlen < MIME_LINE; i++) {
		p->naming = mime_header_naming(p->naming, s[i]);
		p->layer->held[p->layer->heldlen++] = s[i];
		p->layer->offset++;
	}
	if (p->naming == MIME_NAMING_FIELD)
		adopt(p);
	else if (p->naming == MIME_NAMING_NONE || p->layer->heldlen == MIME_LINE)
		none(p);
	return i;
}

void
mime_guess_end(struct mime_parser *p)
{
	none(p);
}
