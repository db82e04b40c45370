/* Header blocks: lines to fields. RFC 5322 sections 2.2 and 4.2, RFC 7103 section 7. */

#include <string.h>
#include <strings.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/header.h"

/* Bytes kept until it is known whether they are header: a line, and the name after it. */
#define UNDECIDED (MIME_QUEUE - 1)

static char const mark[3] = "\xef\xbb\xbf"; /* byte order mark */

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int
all_blank(char const *s, size_t n)
{
	while (n > 0 && is_blank(s[n - 1])) n--;
	return n == 0;
}

static int
starts_message(struct mime_parser const *p)
{
	return p->depth == 0 || p->frames[p->depth - 1].message;
}

/*
 *  state | ':'    blank  33..126  other
 *  ------+------------------------------
 *  START | NONE   NONE   NAME     NONE
 *  NAME  | FIELD  BLANK  NAME     NONE
 *  BLANK | FIELD  BLANK  NONE     NONE
 */
enum mime_naming
mime_header_naming(enum mime_naming st, char c)
{
	if (st == MIME_NAMING_START)
		return c > ' ' && c < 127 && c != ':' ? MIME_NAMING_NAME : MIME_NAMING_NONE;
	if (c == ':') return MIME_NAMING_FIELD;
	if (is_blank(c)) return MIME_NAMING_BLANK;
	return st == MIME_NAMING_NAME && c > ' ' && c < 127 ? MIME_NAMING_NAME : MIME_NAMING_NONE;
}

static void
name(struct mime_parser *p, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && p->naming < MIME_NAMING_FIELD; i++)
		p->naming = mime_header_naming(p->naming, s[i]);
}

void
mime_header_begin(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_BEGIN, .part = p->part };

	p->state = MIME_STATE_FIELD;
	p->fielded = 0;
	p->line = 0;
	p->bol = 1;
	p->folded = 0;
	p->cut = 0;
	p->fields = 0;
	p->mark = starts_message(p);
	p->header = p->layer->offset;
	p->layer->heldlen = 0;
	mime_entity_reset(p);
	e.offset = p->part->header;
	mime_parser_event(p, &e);
}

static void
append(struct mime_parser *p, char const *s, size_t n)
{
	size_t k = n < MIME_FIELD - p->fielded ? n : MIME_FIELD - p->fielded;

	if (p->known)
		mime_parser_raw(p, MIME_PIECE_HEADER, s, n);
	else
		name(p, s, n);
	memcpy(p->field + p->fielded, s, k);
	p->fielded += k;
	p->layer->offset += n;
	if (k < n) p->cut = 1;
}

/* The current line is part of the header, whatever else comes. */
static void
accept(struct mime_parser *p)
{
	p->known = 1;
	mime_parser_raw(p, MIME_PIECE_HEADER, p->field + p->line, p->fielded - p->line);
}

/* The field before the current line is complete; the line moves to the front. */
static void
complete(struct mime_parser *p)
{
	if (p->line > 0) {
		mime_entity_field(p, p->field, p->line);
		p->fielded -= p->line;
		memmove(p->field, p->field + p->line, p->fielded);
		p->line = 0;
		p->cut = 0;
	}
	p->from = p->layer->offset - p->fielded;
}

/* R6: some write "boundary=..." on a line of its own and forget the blank before it. */
static int
may_be_boundary(struct mime_parser const *p, char c)
{
	return (c == 'b' || c == 'B') && p->line > 13 && p->line + MIME_QUEUE < MIME_FIELD
	    && strncasecmp(p->field, "content-type", 12) == 0;
}

static void
begin_line(struct mime_parser *p, char c)
{
	p->bol = 0;
	p->folded = is_blank(c) && p->line > 0;
	p->known = p->folded;
	p->naming = MIME_NAMING_START;
	p->marked = p->mark && !p->fields && c == mark[0];
	if (!p->folded && !may_be_boundary(p, c)) complete(p);
}

/* The header is over and the n bytes at s, just read, are body. */
static void
over(struct mime_parser *p, char const *s, size_t n)
{
	mime_parser_unread(p, s, n);
	mime_parser_note(p, MIME_NO_BLANK);
	mime_entity_open(p);
}

static int
is_boundary_line(char const *s, size_t n)
{
	if (n < 9 || strncasecmp(s, "boundary", 8) != 0) return 0;
	return s[8] == '=' || (is_blank(s[8]) && memchr(s, '=', n) != NULL);
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
	if (p->fields || !starts_message(p)) return 0;
	if (n > 0 && strncmp(line, "From ", n < 5 ? n : 5) != 0
	    && strncmp(line, ">From ", n < 6 ? n : 6) != 0)
		return 0;
	if (n > 0 && n < 5) return 0;
	accept(p);
	if (n > 0) mime_parser_note(p, MIME_MBOX_FROM);
	p->fielded = 0;
	return 1;
}

/* The first three bytes of a message are there: a byte order mark is no part of it. */
static void
drop_mark(struct mime_parser *p)
{
	p->marked = 0;
	if (memcmp(p->field, mark, sizeof mark) != 0) return;
	mime_parser_raw(p, MIME_PIECE_HEADER, mark, sizeof mark);
	p->mark = 0;
	p->fielded = 0;
	p->from += sizeof mark;
	p->naming = MIME_NAMING_START;
}

/* The bytes of the line end at the end of the n bytes at s. */
static size_t
eol_len(struct mime_parser const *p, char const *s, size_t n)
{
	if (n == 0 || s[n - 1] != p->layer->end) return 0;
	return p->layer->end == '\n' && n > 1 && s[n - 2] == '\r' ? 2 : 1;
}

/* The whole line belongs to the field: n bytes without its line end. */
static void
field_line(struct mime_parser *p, size_t n)
{
	if (p->folded && !p->cut && all_blank(p->field + p->line, n))
		mime_parser_note(p, MIME_OBS_FOLD);
	p->fielded = p->line + n;
	p->line = p->fielded;
	p->fields = 1;
}

/* A whole line that is no field stands at field + line: n bytes and its line end. */
static void
other_line(struct mime_parser *p, size_t n, size_t len)
{
	if (p->line > 0 && is_boundary_line(p->field + p->line, n)) {
		accept(p);
		p->folded = 1;
		field_line(p, n);
		return;
	}
	complete(p);
	if (skipped(p, p->field, n)) return;
	if (all_blank(p->field, n)) {
		accept(p);
		p->fielded = 0;
		mime_entity_open(p);
	} else if (!delimiter(p, p->field, n, len)) {
		p->state = MIME_STATE_JUNK;
		p->line = len;
		p->naming = MIME_NAMING_START;
	}
}

/* At the end of input the line may have no line end. */
static void
line_done(struct mime_parser *p)
{
	size_t len = p->fielded - p->line;
	/* Cut lines have lost their line end. */
	size_t n = p->cut ? len : len - eol_len(p, p->field + p->line, len);

	p->bol = 1;
	if (p->known)
		field_line(p, n);
	else
		other_line(p, n, len);
}

/* Of a field that is cut already, continuation lines: they may be millions. */
static size_t
skip_lines(struct mime_parser *p, char const *s, size_t n)
{
	char const end = p->layer->end;
	size_t i = 0;

	do {
		while (i < n && s[i] != end) i++;
		if (i == n) break;
		p->bol = ++i == n || !is_blank(s[i]);
	} while (!p->bol);
	mime_parser_raw(p, MIME_PIECE_HEADER, s, i);
	p->layer->offset += i;
	return i;
}

size_t
mime_header_field(struct mime_parser *p, char const *s, size_t n)
{
	char const *e;
	size_t room;

	if (p->bol) begin_line(p, *s);
	if (p->cut && p->folded) return skip_lines(p, s, n);
	room = (p->marked ? sizeof mark : UNDECIDED + 1) - (p->fielded - p->line);
	/* Until it is known to be a field the line must be kept whole. */
	if (!p->known && n > room) n = room;
	e = memchr(s, p->layer->end, n);
	if (e) n = (size_t)(e - s) + 1;
	append(p, s, n);
	if (p->marked && p->fielded == sizeof mark) drop_mark(p);
	if (!p->known && p->naming == MIME_NAMING_FIELD) {
		complete(p);
		accept(p);
	}
	if (e)
		line_done(p);
	else if (!p->known && p->fielded - p->line > UNDECIDED)
		over(p, p->field + p->line, p->fielded - p->line);
	return n;
}

/* R7: a message that starts with "--X" and then a field is a multipart without header. */
static int
headless(struct mime_parser *p)
{
	if (p->fields || !starts_message(p) || !mime_boundary_likely(p->field, p->line)) return 0;
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
	for (i = 0; i < n && p->naming < MIME_NAMING_FIELD && p->fielded < UNDECIDED; i++)
		append(p, s + i, 1);
	if (p->naming < MIME_NAMING_FIELD && p->fielded < UNDECIDED) return i;
	if (p->naming != MIME_NAMING_FIELD) {
		over(p, p->field, p->fielded);
		return i;
	}
	if (headless(p)) return i;
	p->layer->offset -= p->fielded;
	mime_parser_note(p, MIME_HDR_JUNK);
	p->layer->offset += p->fielded;
	mime_parser_raw(p, MIME_PIECE_HEADER, p->field, p->line);
	p->fielded -= p->line;
	memmove(p->field, p->field + p->line, p->fielded);
	p->line = 0;
	p->bol = 0;
	p->folded = 0;
	p->state = MIME_STATE_FIELD;
	complete(p);
	accept(p);
	return i;
}

void
mime_header_end(struct mime_parser *p)
{
	if (p->state == MIME_STATE_JUNK) {
		over(p, p->field, p->fielded);
		return;
	}
	if (!p->bol) line_done(p);
	if (p->state != MIME_STATE_FIELD) return;
	complete(p);
	mime_entity_open(p);
}
