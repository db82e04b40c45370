/* Header blocks: lines to fields. RFC 5322 sections 2.2 and 4.2, RFC 7103 section 7. */

#include <string.h>
#include <strings.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/header.h"

/* A line whose first bytes, this many, hold no colon is no field. */
#define NAME 4000

/* Bytes of line ends alone after a delimiter; with more of them it is a part. */
#define LAZY 16

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

int
mime_field_name(char const *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] > ' ' && s[i] < 127 && s[i] != ':') i++;
	if (i == 0 && n > 0) return 0;
	while (i < n && is_blank(s[i])) i++;
	if (i == n) return n < NAME ? -1 : 0;
	return i < NAME && s[i] == ':' ? (int)i + 1 : 0;
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
	p->header = p->layer->offset;
	p->layer->heldlen = 0;
	mime_entity_reset(p);
}

static void
append(struct mime_parser *p, char const *s, size_t n)
{
	size_t k = n < MIME_FIELD - p->fielded ? n : MIME_FIELD - p->fielded;

	memcpy(p->field + p->fielded, s, k);
	p->fielded += k;
	p->layer->offset += n;
	if (k < n) p->cut = 1;
}

/* The field before the current line is complete; the line moves to the front. */
static void
complete(struct mime_parser *p)
{
	if (p->line == 0) return;
	mime_entity_field(p, p->field, p->line);
	p->fielded -= p->line;
	memmove(p->field, p->field + p->line, p->fielded);
	p->line = 0;
	p->cut = 0;
}

/* R6: some write "boundary=..." on a line of its own and forget the blank before it. */
static int
may_be_boundary(struct mime_parser const *p, char c)
{
	return (c == 'b' || c == 'B') && p->line > 13
	    && strncasecmp(p->field, "content-type", 12) == 0;
}

static void
begin_line(struct mime_parser *p, char c)
{
	p->bol = 0;
	p->folded = is_blank(c) && p->line > 0;
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
	struct mime_delimiter d;

	if (p->rest || n < 2 || n >= MIME_LINE || line[0] != '-' || line[1] != '-') return 0;
	d = mime_boundary_match(p, line, n, 1);
	if (!d.found) return 0;
	p->layer->offset -= len;
	mime_parser_note(p, MIME_NO_BLANK);
	mime_entity_open(p);
	p->layer->offset += len;
	/* As a container it may have been too much: then the line is data of that leaf. */
	if (d.own && p->leaf) {
		mime_parser_unread(p, line, len);
		return 1;
	}
	if (d.own) d.frame = p->depth - 1;
	p->layer->heldlen = len;
	mime_body_delimiter(p, &d);
	return 1;
}

/* Before the first field of a message: a byte order mark, empty lines, an mbox line. */
static int
skipped(struct mime_parser *p, char const *line, size_t n)
{
	if (p->fields || !starts_message(p)) return 0;
	if (n > 0 && strncmp(line, "From ", n < 5 ? n : 5) != 0
	    && strncmp(line, ">From ", n < 6 ? n : 6) != 0)
		return 0;
	if (n > 0 && n < 5) return 0;
	if (n > 0) mime_parser_note(p, MIME_MBOX_FROM);
	p->fielded = 0;
	return 1;
}

static void
drop_mark(struct mime_parser *p)
{
	if (p->fields || !starts_message(p) || p->line > 0 || p->fielded < 3) return;
	if (memcmp(p->field, "\xef\xbb\xbf", 3) != 0) return;
	p->fielded -= 3;
	memmove(p->field, p->field + 3, p->fielded);
}

/* The bytes of the line end at the end of the n bytes at s. */
static size_t
eol_len(struct mime_parser const *p, char const *s, size_t n)
{
	if (n == 0 || s[n - 1] != p->end) return 0;
	return p->end == '\n' && n > 1 && s[n - 2] == '\r' ? 2 : 1;
}

static void
folded_line(struct mime_parser *p)
{
	if (all_blank(p->field + p->line, p->fielded - p->line)) mime_parser_note(p, MIME_OBS_FOLD);
	p->line = p->fielded;
}

/* A whole line stands at field + line; at the end of input it may have no line end. */
static void
line_done(struct mime_parser *p)
{
	char const *line;
	size_t len;
	size_t n;

	drop_mark(p);
	line = p->field + p->line;
	len = p->fielded - p->line;
	/* Cut lines have lost their line end, and are fields or continuations. */
	n = p->cut ? len : len - eol_len(p, line, len);
	p->bol = 1;
	if (!p->folded && len > 0 && may_be_boundary(p, *line)) {
		p->folded = is_boundary_line(line, n);
		if (!p->folded) complete(p);
		line = p->field + p->line;
	}
	if (!p->folded && skipped(p, line, n)) return;
	if (p->folded) {
		p->fielded = p->line + n;
		folded_line(p);
	} else if (all_blank(line, n)) {
		p->fielded = 0;
		mime_entity_open(p);
	} else if (delimiter(p, line, n, len)) {
		return;
	} else if (mime_field_name(line, n) > 0) {
		p->fielded = n;
		p->line = n;
		p->fields = 1;
	} else if (len > NAME) {
		over(p, line, len);
	} else {
		p->state = MIME_STATE_JUNK;
		p->line = len;
	}
}

size_t
mime_header_field(struct mime_parser *p, char const *s, size_t n)
{
	char const *e;
	size_t len;

	if (p->bol) begin_line(p, *s);
	len = p->fielded - p->line;
	/* Until it is known to be a field the line must be kept whole. */
	if (!p->folded && len <= NAME && mime_field_name(p->field + p->line, len) <= 0
	    && n > NAME + 1 - len)
		n = NAME + 1 - len;
	e = memchr(s, p->end, n);
	if (e) n = (size_t)(e - s) + 1;
	append(p, s, n);
	if (e)
		line_done(p);
	else if (!p->folded && len + n > NAME && mime_field_name(p->field + p->line, len + n) == 0)
		over(p, p->field + p->line, p->fielded - p->line);
	return n;
}

/*
 * field holds the line that is none, and after it what there is of the next
 * one: if that is a field, the line was junk; else it begins the body.
 */
size_t
mime_header_junk(struct mime_parser *p, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int name;

		append(p, s + i, 1);
		name = mime_field_name(p->field + p->line, p->fielded - p->line);
		if (name < 0) continue;
		if (name == 0) {
			over(p, p->field, p->fielded);
			return i + 1;
		}
		mime_parser_note(p, MIME_HDR_JUNK);
		p->fielded -= p->line;
		memmove(p->field, p->field + p->line, p->fielded);
		p->line = 0;
		p->bol = 0;
		p->folded = 0;
		p->state = MIME_STATE_FIELD;
		return i + 1;
	}
	return n;
}

/* What was held since the delimiter is a part after all. */
static void
begin_part(struct mime_parser *p)
{
	mime_parser_unread(p, p->layer->held, p->layer->heldlen);
	mime_header_begin(p);
}

/* A whole line that begins with a dash was held: does it end an outer multipart? */
static void
lazy_line(struct mime_parser *p, size_t n)
{
	struct mime_delimiter d = mime_boundary_match(p, p->layer->held + p->line, n - p->line, 0);

	if (d.found && d.frame + 1 < p->depth)
		mime_body_delimiter(p, &d);
	else
		begin_part(p);
}

/*
 * Line ends alone between a delimiter and the end of the input, or the
 * delimiter of an outer multipart, open no part. bol: only line ends so far.
 */
size_t
mime_header_lazy(struct mime_parser *p, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int eol = s[i] == '\r' || s[i] == '\n';

		if (p->bol && !(eol && p->layer->heldlen < LAZY) && s[i] != '-') break;
		if (!p->bol && p->layer->heldlen == MIME_LINE) break;
		if (p->bol && !eol) {
			p->bol = 0;
			p->line = p->layer->heldlen;
		}
		p->layer->held[p->layer->heldlen++] = s[i];
		p->layer->offset++;
		if (p->bol || s[i] != p->end) continue;
		lazy_line(p, p->layer->heldlen - 1);
		return i + 1;
	}
	if (i < n) begin_part(p);
	return i;
}

void
mime_header_lazy_end(struct mime_parser *p)
{
	if (!p->bol) lazy_line(p, p->layer->heldlen);
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
