/* The header of a message in passing: an mbox line to drop, a loop to notice. */

#include <string.h>
#include <strings.h>

#include "maildir/header.h"

int
header_asked(struct header const *h)
{
	return h->unfrom || h->mines > 0;
}

/* As fields_make would have written it. */
static int
same(char const *s, size_t n, struct recipient const *mine)
{
	size_t i;

	if (n != mine->n) return 0;
	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)mine->s[i];

		if (s[i] != (c < 32 || c == 127 ? '_' : (char)c)) return 0;
	}
	return 1;
}

static int
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A whole line of the header is in h->line. */
static void
read_line(struct header *h)
{
	static char const name[] = "delivered-to:";
	char const *s = h->line;
	size_t n = h->n;
	unsigned int i;

	h->n = 0;
	if (n == FIELD_LINE) return;
	while (n > 0 && blank(s[n - 1])) n--;
	if (n == 0) {
		h->st = HEADER_BODY;
		return;
	}
	if (n < sizeof name - 1 || strncasecmp(s, name, sizeof name - 1) != 0) return;
	s += sizeof name - 1;
	n -= sizeof name - 1;
	for (; n > 0 && blank(*s); n--) s++;
	for (i = 0; i < h->mines; i++) h->looped |= same(s, n, &h->mine[i]);
}

/* Lines for read_line, until the empty one. */
static void
read_lines(struct header *h, char const *s, size_t n)
{
	while (n > 0 && h->st == HEADER_LINE) {
		char const *lf = memchr(s, '\n', n);
		size_t part = lf == NULL ? n : (size_t)(lf - s);
		size_t room = FIELD_LINE - h->n;

		memcpy(h->line + h->n, s, part < room ? part : room);
		h->n += part < room ? part : room;
		if (lf == NULL) return;
		read_line(h);
		s += part + 1;
		n -= part + 1;
	}
}

size_t
header_take(struct header *h, char const *s, size_t n)
{
	size_t drop = 0;

	if (!header_asked(h) || h->st == HEADER_BODY) return 0;
	if (h->st == HEADER_START)
		h->st = h->unfrom && n >= HEADER_FIRST && memcmp(s, "From ", HEADER_FIRST) == 0
		    ? HEADER_FROM
		    : HEADER_LINE;
	if (h->st == HEADER_FROM) {
		char const *lf = n > 0 ? memchr(s, '\n', n) : NULL;

		if (lf == NULL) return n;
		drop = (size_t)(lf - s) + 1;
		h->st = HEADER_LINE;
	}
	if (n == 0)
		read_line(h);
	else
		read_lines(h, s + drop, n - drop);
	return drop;
}
