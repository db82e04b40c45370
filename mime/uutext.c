/* uuencoded files in text, which are parts of their own: what senders did before MIME. */

#include <string.h>

#include "mime/body.h"
#include "mime/decimal.h"
#include "mime/header.h"
#include "mime/type.h"
#include "mime/word.h"

/* While a leaf is read nothing of a header is kept: there the text waits, and lines. */
#define HOLD 16384
#define HELD 2048
#define BEGIN 1024 /* the longest line that begins a file */

static char *
hold(struct mime_parser const *p)
{
	return p->field + HOLD;
}

void
mime_uutext_start(struct mime_parser *p)
{
	memset(&p->uutext, 0, sizeof p->uutext);
	if (!p->uuencoded || !p->plain) return;
	if (p->part->cte > MIME_CTE_BINARY) return;
	p->uutext.state = MIME_UUTEXT_TEXT;
	p->uutext.bol = 1;
}

/* What was held is text after all. */
static void
release(struct mime_parser *p, int bol)
{
	struct mime_uutext *u = &p->uutext;
	size_t n = u->held;

	u->state = MIME_UUTEXT_TEXT;
	u->bol = bol;
	u->held = 0;
	mime_body_decode(p, hold(p), n);
}

/* To the next line that may begin a file; returns the bytes taken, 0 if one is there. */
static size_t
text(struct mime_parser *p, char const *s, size_t n)
{
	struct mime_uutext *u = &p->uutext;
	char end = p->layer->end;
	size_t k;

	if (u->bol && *s == 'b') {
		u->state = MIME_UUTEXT_LINE;
		u->begin = u->at;
		return 0;
	}
	k = mime_scan(s, n, end, "be");
	if (k < n)
		k++;
	else if (n > 1 && s[n - 1] == 'b' && s[n - 2] == end)
		k--;
	u->bol = s[k - 1] == end;
	mime_body_decode(p, s, k);
	return k;
}

/* Whether the line can be the first one of a file: its count fits, and no small letters. */
static int
is_data(char const *s, size_t n)
{
	size_t count;
	size_t i;

	while (n > 0 && strchr("\r\n", s[n - 1])) n--;
	for (i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '`') return 0;
	if (n == 0) return 0;
	count = (size_t)(s[0] - ' ') & 63;
	/* Some blanks at its end may be lost; some senders add a checksum. */
	return n + 3 >= (count * 4 + 2) / 3 && n - 1 <= (count + 2) / 3 * 4 + 2;
}

/* What is found is reported where the line that begins the file is. */
static void
note(struct mime_parser *p, enum mime_code code)
{
	uint64_t offset = p->layer->offset;

	p->layer->offset = p->part->body + p->uutext.begin;
	mime_parser_note(p, code);
	p->layer->offset = offset;
}

static void
name_it(struct mime_parser *p, char const *s, size_t n)
{
	char const *type;
	int bad = 0;

	p->part->namelen = mime_word_decode(s, n, p->part->name, MIME_NAME_SIZE, &bad);
	type = mime_type_of_name(p->part->name, p->part->namelen);
	mime_entity_type(p->part->type, type ? type : "application/octet-stream");
	if (bad) note(p, MIME_BAD_CHARSET);
}

/* ".u" and the number of the file after the section of the text. */
static void
section(struct mime_part *part, unsigned int number)
{
	size_t n = strlen(part->section);

	part->section[n++] = '.';
	part->section[n++] = 'u';
	n += mime_decimal(part->section + n, number);
	part->section[n] = 0;
}

/* The file begins: its part takes the place of the text, which waits. */
static void
open_file(struct mime_parser *p, char const *name, size_t len)
{
	struct mime_event e = { .kind = MIME_EVENT_BEGIN, .part = p->part };
	struct mime_uutext *u = &p->uutext;
	struct mime_part *part = p->part;

	memcpy(p->field, part, sizeof *part);
	p->leaves++;
	part->depth++;
	part->within = part->coded = 1;
	part->text = 0;
	part->class = MIME_CLASS_ATTACH;
	part->cte = MIME_CTE_UU;
	part->disposition = MIME_DISPOSITION_ATTACHMENT;
	part->size = 0;
	part->codes = part->damage = 0;
	part->charset[0] = part->token[0] = part->cid[0] = 0;
	section(part, ++u->files);
	mime_parser_event(p, &e);
	name_it(p, name, len);
	e.kind = MIME_EVENT_HEAD;
	mime_parser_event(p, &e);
	memset(&u->uu, 0, sizeof u->uu);
	u->uu.end = p->layer->end;
	u->uu.state = MIME_UU_START;
	u->state = MIME_UUTEXT_FILE;
}

static void
give(struct mime_parser *p, size_t n)
{
	struct mime_event e = { .kind = MIME_EVENT_DATA, .part = p->part, .s = p->scratch };

	e.n = n;
	p->part->size += n;
	if (n > 0) mime_parser_event(p, &e);
}

static void
close_file(struct mime_parser *p)
{
	struct mime_event e = { .kind = MIME_EVENT_END, .part = p->part };
	struct mime_uutext *u = &p->uutext;

	if (u->uu.state != MIME_UU_OVER || u->uu.junk) note(p, MIME_BAD_UU);
	mime_parser_event(p, &e);
	memcpy(p->part, p->field, sizeof *p->part);
	u->state = MIME_UUTEXT_TEXT;
	u->bol = 1;
}

/* Bytes of the file; returns how many were used. */
static size_t
file(struct mime_parser *p, char const *s, size_t n)
{
	size_t const most = (size_t)2 * (MIME_DECODE_OUT / MIME_UU_LINE - 1);
	struct mime_uu *d = &p->uutext.uu;
	size_t w = 0;
	size_t used = mime_uu_decode(d, s, n < most ? n : most, p->scratch, &w);

	give(p, w);
	if (d->state == MIME_UU_OVER) close_file(p);
	return used;
}

/* A line that may begin a file is held, to its end. */
static void
line_done(struct mime_parser *p)
{
	struct mime_uutext *u = &p->uutext;
	char const *name;
	size_t len;

	if (!mime_uu_begin(hold(p), u->held - 1, &name, &len)) {
		release(p, 1);
		return;
	}
	u->line = u->held;
	u->state = MIME_UUTEXT_NEXT;
}

/* And so is the one after it. */
static void
next_done(struct mime_parser *p)
{
	struct mime_uutext *u = &p->uutext;
	char const *next = hold(p) + u->line;
	size_t n = u->held - u->line;
	char const *name;
	size_t len;

	if (is_data(next, n) && p->leaves < p->limits.parts) {
		mime_uu_begin(hold(p), u->line - 1, &name, &len);
		open_file(p, name, len);
		file(p, next, n);
		u->held = 0;
		return;
	}
	if (is_data(next, n)) note(p, MIME_LIMIT_PARTS);
	mime_body_decode(p, hold(p), u->line);
	memmove(hold(p), next, n);
	u->begin += u->line;
	u->held = n;
	line_done(p);
}

/* Whether what is held can be the start of a line that begins a file. */
static int
may_begin(struct mime_parser const *p)
{
	size_t n = p->uutext.held;

	return n > 6 || memcmp(hold(p), "begin ", n) == 0;
}

/* States LINE and NEXT: hold bytes; returns how many were taken. */
static size_t
line(struct mime_parser *p, char const *s, size_t n)
{
	struct mime_uutext *u = &p->uutext;
	size_t max = u->state == MIME_UUTEXT_LINE ? BEGIN : HELD;
	char *h = hold(p);
	size_t i = 0;

	while (i < n) {
		char c = s[i++];

		h[u->held++] = c;
		if (c == p->layer->end) {
			if (u->state == MIME_UUTEXT_LINE)
				line_done(p);
			else
				next_done(p);
			break;
		}
		if (u->held == max || (u->state == MIME_UUTEXT_LINE && !may_begin(p))) {
			release(p, 0);
			break;
		}
	}
	return i;
}

void
mime_uutext(struct mime_parser *p, char const *s, size_t n)
{
	while (n > 0 && !p->stopped) {
		size_t used = 0;

		switch (p->uutext.state) {
		case MIME_UUTEXT_TEXT: used = text(p, s, n); break;
		case MIME_UUTEXT_LINE:
		case MIME_UUTEXT_NEXT: used = line(p, s, n); break;
		case MIME_UUTEXT_FILE: used = file(p, s, n); break;
		case MIME_UUTEXT_OFF: return;
		}
		p->uutext.at += used;
		s += used;
		n -= used;
	}
}

void
mime_uutext_end(struct mime_parser *p)
{
	if (p->uutext.state == MIME_UUTEXT_FILE) {
		give(p, mime_uu_finish(&p->uutext.uu, p->scratch));
		close_file(p);
	}
	if (p->uutext.held) release(p, 0);
	p->uutext.state = MIME_UUTEXT_OFF;
}
