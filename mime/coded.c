/* A multipart that claims to be encoded, which none may be: RFC 2045 section 6.4. */

#include <string.h>

#include "mime/body.h"
#include "mime/boundary.h"
#include "mime/layer.h"
#include "mime/qp.h"

static int
is_base64(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
	    || c == '+' || c == '/';
}

/* Groups of four, the last one padded. A line that goes on is looked at as far as it is there. */
static int
base64_line(char const *s, size_t n, int whole)
{
	size_t i = 0;

	while (i < n && is_base64(s[i])) i++;
	if (!whole) return i == n;
	if (i % 4 > 1)
		while (i < n && s[i] == '=' && i % 4 != 0) i++;
	return i == n && n % 4 == 0;
}

/* Text in which something is encoded, and all of it correctly. */
static int
qp_line(char const *s, size_t n, int whole)
{
	int encoded = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] != '=') {
			if ((s[i] < ' ' || s[i] > '~') && s[i] != '\t') return 0;
			continue;
		}
		encoded = 1;
		if (i + 1 == n) break;
		if (n - i < 3) return !whole;
		if (mime_hex_byte(s[i + 1], s[i + 2]) < 0) return 0;
		i += 2;
	}
	return encoded;
}

/* What was held is the beginning of the body, and the line at `from` the first that is not empty. */
static void
decide(struct mime_parser *p, size_t from, int whole)
{
	struct mime_layer *l = p->layer;
	char const *s = l->held + from;
	size_t n = l->heldlen - from;
	int coded;

	while (n > 0 && strchr(" \t\r\n", s[n - 1])) n--;
	if (p->part->cte == MIME_CTE_B64)
		coded = base64_line(s, n, whole);
	else
		coded = qp_line(s, n, whole);
	if (n == 0 || !coded || mime_boundary_match(p, s, n, 0).found) {
		size_t held = l->heldlen;

		mime_body_start(p);
		mime_parser_unread(p, l->held, held);
		return;
	}
	n = l->heldlen;
	l->offset -= n;
	mime_layer_open(p);
	l->offset += n;
	p->layer = l;
	if (l->held[n - 1] == l->end) {
		mime_body_line(p, l->held, n);
	} else {
		l->bol = 0;
		mime_body_data(p, l->held, n);
	}
	p->layer = p->layers + p->top;
	mime_body_start(p);
}

size_t
mime_coded(struct mime_parser *p, char const *s, size_t n)
{
	struct mime_layer *l = p->layer;
	size_t i = 0;

	while (i < n) {
		char c = s[i++];

		l->held[l->heldlen++] = c;
		l->offset++;
		if (!strchr(" \t\r\n", c)) p->bol = 0;
		if (p->bol && c == l->end) p->line = l->heldlen;
		if ((c == l->end && !p->bol) || l->heldlen == MIME_LINE) {
			decide(p, p->line, c == l->end);
			break;
		}
	}
	return i;
}

void
mime_coded_end(struct mime_parser *p)
{
	decide(p, p->line, 1);
}
