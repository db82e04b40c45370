/* Between a delimiter and the first byte of a part: RFC 2046 section 5.1.1. */

#include "mime/body.h"
#include "mime/header.h"

/* Bytes of line ends alone after a delimiter; with more of them it is a part. */
#define LAZY 16

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

	if (!d.found || d.frame + 1 == p->depth) {
		begin_part(p);
		return;
	}
	mime_parser_raw(p, MIME_PIECE_EPILOGUE, p->layer->held, p->line);
	mime_body_delimiter(p, &d, p->layer->held + p->line, p->layer->heldlen - p->line);
}

/*
 * Line ends alone between a delimiter and the end of the input, or the
 * delimiter of an outer multipart, open no part. bol: only line ends so far.
 */
size_t
mime_lazy(struct mime_parser *p, char const *s, size_t n)
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
		if (p->bol || s[i] != p->layer->end) continue;
		lazy_line(p, p->layer->heldlen - 1);
		return i + 1;
	}
	if (i < n) begin_part(p);
	return i;
}

void
mime_lazy_end(struct mime_parser *p)
{
	if (!p->bol) {
		lazy_line(p, p->layer->heldlen);
		return;
	}
	mime_parser_raw(p, MIME_PIECE_EPILOGUE, p->layer->held, p->layer->heldlen);
	p->layer->heldlen = 0;
}
