/* Header blocks: lines to fields. RFC 5322 sections 2.2 and 4.2, RFC 7103 section 7. */

#include <string.h>
#include <strings.h>

#include "mime/copy.h"
#include "mime/find.h"
#include "mime/header.h"

static char const mark[3] = "\xef\xbb\xbf"; /* byte order mark */

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

int
mime_header_blank(char const *s, size_t n)
{
	while (n > 0 && is_blank(s[n - 1])) n--;
	return n == 0;
}

int
mime_header_message(struct mime_parser const *p)
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
	enum mime_naming st = p->naming;
	size_t i;

	for (i = 0; i < n && st < MIME_NAMING_FIELD; i++) {
		st = mime_header_naming(st, s[i]);
		/* What changes nothing, in one go. */
		if (st != MIME_NAMING_NAME) continue;
		while (i + 1 < n && s[i + 1] > ' ' && s[i + 1] < 127 && s[i + 1] != ':') i++;
	}
	p->naming = st;
}

static void
send_begin(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_BEGIN, .part = p->part };

	e.offset = p->part->header;
	mime_parser_event(p, &e);
}

void
mime_header_begin(struct mime_parser *p)
{
	p->state = MIME_STATE_FIELD;
	p->fielded = 0;
	p->line = 0;
	p->bol = 1;
	p->folded = 0;
	p->cut = 0;
	p->fields = 0;
	p->mark = mime_header_message(p);
	p->header = p->layer->offset;
	p->layer->heldlen = 0;
	mime_entity_reset(p);
	if (mime_parser_wants(p, MIME_EVENT_BEGIN)) send_begin(p);
}

void
mime_header_append(struct mime_parser *p, char const *s, size_t n)
{
	size_t k = n < MIME_FIELD - p->fielded ? n : MIME_FIELD - p->fielded;

	if (p->known)
		mime_parser_raw(p, MIME_PIECE_HEADER, s, n);
	else
		name(p, s, n);
	mime_copy(p->field + p->fielded, s, k);
	p->fielded += k;
	p->layer->offset += n;
	if (k < n) p->cut = 1;
}

/* The current line is part of the header, whatever else comes. */
void
mime_header_accept(struct mime_parser *p)
{
	p->known = 1;
	mime_parser_raw(p, MIME_PIECE_HEADER, p->field + p->line, p->fielded - p->line);
}

/* The field before the current line is complete; the line moves to the front. */
void
mime_header_complete(struct mime_parser *p)
{
	if (p->line > 0) {
		mime_entity_field(p, p->field, p->line);
		p->fielded -= p->line;
		mime_copy(p->field, p->field + p->line, p->fielded);
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
	if (!p->folded && !may_be_boundary(p, c)) mime_header_complete(p);
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

void
mime_header_note(struct mime_parser *p, enum mime_code code, size_t back)
{
	p->layer->offset -= back;
	mime_parser_note(p, code);
	p->layer->offset += back;
}

/* The whole line belongs to the field: n bytes without its line end. */
void
mime_header_line(struct mime_parser *p, size_t n)
{
	if (p->folded && !p->cut && mime_header_blank(p->field + p->line, n))
		mime_header_note(p, MIME_OBS_FOLD, p->fielded - p->line);
	p->fielded = p->line + n;
	p->line = p->fielded;
	p->fields = 1;
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
		mime_header_line(p, n);
	else
		mime_header_other(p, n, len);
}

/* Of a field that is cut already, continuation lines: they may be millions. */
static size_t
skip_lines(struct mime_parser *p, char const *s, size_t n)
{
	char const end = p->layer->end;
	size_t i = 0;

	p->line = p->fielded;
	do {
		while (i < n && s[i] != end) i++;
		if (i == n) break;
		p->bol = ++i == n || !is_blank(s[i]);
	} while (!p->bol);
	mime_parser_raw(p, MIME_PIECE_HEADER, s, i);
	p->layer->offset += i;
	return i;
}

/* A line begins: what is there as a whole, if it is fields of one line or the end of them. */
static size_t
whole_lines(struct mime_parser *p, char const *s, size_t n)
{
	size_t used = mime_header_empty(p, s, n);

	if (used > 0) return used;
	begin_line(p, *s);
	if (p->fielded > 0 || p->marked) return 0;
	return mime_header_whole(p, s, n);
}

size_t
mime_header_field(struct mime_parser *p, char const *s, size_t n)
{
	char const *e;
	size_t room;

	if (p->bol) {
		size_t used = whole_lines(p, s, n);

		if (used > 0) return used;
	}
	if (p->cut && p->folded) return skip_lines(p, s, n);
	room = (p->marked ? sizeof mark : MIME_UNDECIDED + 1) - (p->fielded - p->line);
	/* Until it is known to be a field the line must be kept whole. */
	if (!p->known && n > room) n = room;
	e = mime_find(s, p->layer->end, n);
	if (e) n = (size_t)(e - s) + 1;
	mime_header_append(p, s, n);
	if (p->marked && p->fielded == sizeof mark) drop_mark(p);
	if (!p->known && p->naming == MIME_NAMING_FIELD) {
		mime_header_complete(p);
		mime_header_accept(p);
	}
	if (e)
		line_done(p);
	else if (!p->known && p->fielded - p->line > MIME_UNDECIDED)
		mime_header_over(p, p->field + p->line, p->fielded - p->line);
	return n;
}

/*
 * Whether the input cannot have been meant to end in this header: in a line, or
 * in a multipart. A message may well be a header alone.
 */
static int
is_cut_off(struct mime_parser const *p)
{
	unsigned int i = p->depth;

	if (!p->eof) return 0;
	if (!p->bol) return 1;
	while (i > 0 && p->frames[i - 1].message) i--;
	return i > 0;
}

void
mime_header_end(struct mime_parser *p)
{
	int cut_off = is_cut_off(p);

	if (p->state == MIME_STATE_JUNK) {
		mime_header_over(p, p->field, p->fielded);
		return;
	}
	if (!p->bol) line_done(p);
	if (p->state != MIME_STATE_FIELD) return;
	mime_header_complete(p);
	if (cut_off) mime_parser_note(p, MIME_TRUNCATED);
	mime_entity_open(p);
}
