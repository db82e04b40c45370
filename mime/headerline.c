/* Lines in a header that are no fields: what ends it, what is skipped. RFC 7103 section 7. */

#include <string.h>
#include <strings.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/header.h"

/* The header is over and the n bytes at s, just read, are body. */
void
mime_header_over(struct mime_parser *p, char const *s, size_t n)
{
	mime_parser_unread(p, s, n);
	mime_parser_note(p, MIME_NO_BLANK);
	mime_entity_open(p);
}

static int
is_boundary_line(char const *s, size_t n)
{
	if (n < 9 || strncasecmp(s, "boundary", 8) != 0) return 0;
	return s[8] == '=' || ((s[8] == ' ' || s[8] == '\t') && memchr(s, '=', n) != NULL);
}

/* A delimiter line ends the header as well; len counts its line end. */
static int
delimiter(struct mime_parser *p, char const *line, size_t n, size_t len)
{
	struct mime_layer *l = p->layer;
	struct mime_delimiter d;

	if (l->rest || n < 2 || n >= MIME_LINE || line[0] != '-' || line[1] != '-') return 0;
	d = mime_boundary_match(p, line, n, 1);
	if (!d.found) return 0;
	l->offset -= len;
	mime_parser_note(p, MIME_NO_BLANK);
	mime_entity_open(p);
	l->offset += len;
	/* As a container it may have been too much: then the line is data of that leaf. */
	if (d.own && p->leaf) {
		mime_parser_unread(p, line, len);
		return 1;
	}
	if (d.own) d.frame = p->depth - 1;
	/* A message whose header has not begun is an empty one; if it is decoded, it ends first. */
	if (p->layer == l && p->state == MIME_STATE_FIELD) mime_entity_open(p);
	p->layer = l;
	mime_body_delimiter(p, &d, line, len);
	return 1;
}

/* Before the first field of a message: empty lines, an mbox line. */
static int
skipped(struct mime_parser *p, char const *line, size_t n)
{
	if (p->fields || !mime_header_message(p)) return 0;
	if (n > 0 && strncmp(line, "From ", n < 5 ? n : 5) != 0
	    && strncmp(line, ">From ", n < 6 ? n : 6) != 0)
		return 0;
	if (n > 0 && n < 5) return 0;
	mime_header_accept(p);
	if (n > 0) mime_header_note(p, MIME_MBOX_FROM, p->fielded);
	p->fielded = 0;
	return 1;
}

/* A whole line that is no field stands at field + line: n bytes and its line end. */
void
mime_header_other(struct mime_parser *p, size_t n, size_t len)
{
	if (p->line > 0 && is_boundary_line(p->field + p->line, n)) {
		mime_header_accept(p);
		p->folded = 1;
		mime_header_line(p, n);
		return;
	}
	mime_header_complete(p);
	if (skipped(p, p->field, n)) return;
	if (mime_header_blank(p->field, n)) {
		mime_header_accept(p);
		p->fielded = 0;
		mime_entity_open(p);
	} else if (!delimiter(p, p->field, n, len)) {
		p->state = MIME_STATE_JUNK;
		p->line = len;
		p->naming = MIME_NAMING_START;
	}
}

/* R7: a message that starts with "--X" and then a field is a multipart without header. */
static int
headless(struct mime_parser *p)
{
	if (p->fields || !mime_header_message(p) || !mime_boundary_likely(p->field, p->line))
		return 0;
	mime_parser_unread(p, p->field, p->fielded);
	mime_entity_headless(p);
	return 1;
}

/*
 * field holds the line that is none, and after it what there is of the next
 * one: if that is a field, the line was junk; else it begins the body.
 */
size_t
mime_header_junk(struct mime_parser *p, char const *s, size_t n)
{
	size_t i;

	p->known = 0;
	for (i = 0; i < n && p->naming < MIME_NAMING_FIELD && p->fielded < MIME_UNDECIDED; i++)
		mime_header_append(p, s + i, 1);
	if (p->naming < MIME_NAMING_FIELD && p->fielded < MIME_UNDECIDED) return i;
	if (p->naming != MIME_NAMING_FIELD) {
		mime_header_over(p, p->field, p->fielded);
		return i;
	}
	if (headless(p)) return i;
	mime_header_note(p, MIME_HDR_JUNK, p->fielded);
	mime_parser_raw(p, MIME_PIECE_HEADER, p->field, p->line);
	p->fielded -= p->line;
	memmove(p->field, p->field + p->line, p->fielded);
	p->line = 0;
	p->bol = 0;
	p->folded = 0;
	p->state = MIME_STATE_FIELD;
	mime_header_complete(p);
	mime_header_accept(p);
	return i;
}
