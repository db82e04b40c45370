/* The lines of bodies: which may be delimiters, across any cut. RFC 2046 section 5.1.1. */

#include <string.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/find.h"

/* The line end that might have belonged to a delimiter did not. */
static void
give_pending(struct mime_parser *p)
{
	size_t n = p->layer->pendlen;

	p->layer->pendlen = 0;
	mime_body_data(p, p->layer->pending, n);
}

/* Keep the line end at the end of the n bytes at s for later; returns what is left of n. */
static size_t
take_eol(struct mime_parser *p, char const *s, size_t n)
{
	if (p->layer->end == '\n' && n > 1 && s[n - 2] == '\r')
		p->layer->pending[p->layer->pendlen++] = '\r';
	p->layer->pending[p->layer->pendlen++] = p->layer->end;
	return n - p->layer->pendlen;
}

/* Whether the line, n bytes without its line end, is a delimiter. */
static struct mime_delimiter
judge(struct mime_parser *p, char const *line, size_t n)
{
	struct mime_delimiter d = { 0, 0, 0, 0, 0 };

	if (p->layer->rest || n >= MIME_LINE) return d;
	d = mime_boundary_match(p, line, n, 0);
	if (!d.found && !mime_body_below(p) && !p->leaf && p->frames[p->depth - 1].guess
	    && mime_boundary_likely(line, n))
		d.found = d.guess = 1;
	return d;
}

void
mime_body_line(struct mime_parser *p, char const *s, size_t n)
{
	give_pending(p);
	mime_body_data(p, s, take_eol(p, s, n));
	p->layer->heldlen = 0;
	p->layer->bol = 1;
}

/* At the end of a piece: what could belong to a delimiter is held. Returns what is data. */
static size_t
hold_tail(struct mime_parser *p, char const *s, size_t n)
{
	size_t m = n;

	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): s is not what was not found in it */
	if (m > 1 && s[m - 1] == '-' && s[m - 2] == p->layer->end) {
		p->layer->held[p->layer->heldlen++] = '-';
		m--;
	}
	if (m > 0 && s[m - 1] == p->layer->end) {
		p->layer->bol = 1;
		return take_eol(p, s, m);
	}
	if (p->layer->end == '\n' && s[m - 1] == '\r') {
		p->layer->pending[p->layer->pendlen++] = '\r';
		return m - 1;
	}
	return m;
}

/* What was held is data after all; it does not end with a line end. */
static void
release(struct mime_parser *p)
{
	size_t n = p->layer->heldlen;

	p->layer->bol = 0;
	p->layer->heldlen = 0;
	give_pending(p);
	mime_body_data(p, p->layer->held, hold_tail(p, p->layer->held, n));
}

/* More of a line that began in an earlier piece with a dash. */
static size_t
held_line(struct mime_parser *p, char const *s, size_t n)
{
	char const *e = memchr(s, p->layer->end, n);
	size_t take = e ? (size_t)(e - s) + 1 : n;
	struct mime_delimiter d;

	if (take > MIME_LINE - p->layer->heldlen) take = MIME_LINE - p->layer->heldlen;
	memcpy(p->layer->held + p->layer->heldlen, s, take);
	p->layer->heldlen += take;
	p->layer->offset += take;
	if (p->layer->held[p->layer->heldlen - 1] != p->layer->end) {
		int dashes = p->layer->heldlen < 2 || p->layer->held[1] == '-';

		if (p->layer->heldlen < MIME_LINE && dashes) return take;
		release(p);
		return take;
	}
	d = judge(p, p->layer->held, p->layer->heldlen - 1);
	if (d.found)
		mime_body_delimiter(p, &d, p->layer->held, p->layer->heldlen);
	else
		mime_body_line(p, p->layer->held, p->layer->heldlen);
	return take;
}

/* A possible delimiter at s + at runs beyond the piece: hold it. Returns 0 if it is too long. */
static int
hold_line(struct mime_parser *p, char const *s, size_t n, size_t at)
{
	if (n - at >= MIME_LINE) return 0;
	/* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): likewise */
	memcpy(p->layer->held, s + at, n - at);
	p->layer->heldlen = n - at;
	mime_body_data(p, s, take_eol(p, s, at));
	p->layer->bol = 1;
	p->layer->offset += n;
	return 1;
}

/* From the middle of a line on. */
static size_t
inside(struct mime_parser *p, char const *s, size_t n)
{
	size_t at = 0;
	size_t k;

	p->layer->bol = 0;
	for (k = mime_scan(s, n, p->layer->end, "--"); k < n;
	     k = at + mime_scan(s + at, n - at, p->layer->end, "--")) {
		char const *line = s + k + 1;
		char const *e = mime_find(line, p->layer->end, n - k - 1);
		struct mime_delimiter d;

		if (!e && hold_line(p, s, n, k + 1)) return n;
		if (!e) break;
		d = judge(p, line, (size_t)(e - line));
		if (d.found) {
			mime_body_data(p, s, take_eol(p, s, k + 1));
			p->layer->offset += (size_t)(e - s) + 1;
			mime_body_delimiter(p, &d, line, (size_t)(e - line) + 1);
			return (size_t)(e - s) + 1;
		}
		at = (size_t)(e - s);
	}
	p->layer->offset += n;
	mime_body_data(p, s, hold_tail(p, s, n));
	return n;
}

/* The first byte of a line whose line end before it is pending. */
static size_t
line_start(struct mime_parser *p, char const *s, size_t n)
{
	char const *e;
	struct mime_delimiter d;

	if (s[0] != '-' || (n > 1 && s[1] != '-')) {
		give_pending(p);
		return inside(p, s, n);
	}
	e = mime_find(s, p->layer->end, n);
	if (!e) return held_line(p, s, n);
	d = judge(p, s, (size_t)(e - s));
	if (!d.found) {
		give_pending(p);
		return inside(p, s, n);
	}
	p->layer->offset += (size_t)(e - s) + 1;
	mime_body_delimiter(p, &d, s, (size_t)(e - s) + 1);
	return (size_t)(e - s) + 1;
}

size_t
mime_body(struct mime_parser *p, char const *s, size_t n)
{
	if (p->layer->heldlen) return held_line(p, s, n);
	if (p->layer->bol) return line_start(p, s, n);
	if (p->layer->pendlen) { /* a CR */
		if (s[0] == '\n') {
			p->layer->pending[p->layer->pendlen++] = '\n';
			p->layer->bol = 1;
			p->layer->offset++;
			return 1;
		}
		give_pending(p);
	}
	return inside(p, s, n);
}

void
mime_body_end(struct mime_parser *p)
{
	struct mime_delimiter d = { 0, 0, 0, 0, 0 };

	if (p->layer->heldlen) d = judge(p, p->layer->held, p->layer->heldlen);
	if (d.found && !d.guess) {
		mime_body_delimiter(p, &d, p->layer->held, p->layer->heldlen);
		return;
	}
	give_pending(p);
	mime_body_data(p, p->layer->held, p->layer->heldlen);
	p->layer->heldlen = 0;
	if (!mime_body_below(p)) p->part->end = mime_parser_place(p, p->layer->offset);
}
