/* The list of parts for people. */

#include <string.h>

#include "mime/decimal.h"
#include "mime/record.h"

/* Columns: the section, the type with its indent, and the name at most. */
#define SECTION 7
#define TYPE 30
#define NAME 60

/* The widest indent, and no column is wider. */
#define INDENT 40

/* Bytes of a line, and more: of a name there are four to a column at most. */
#define LINE ((size_t)2 * MIME_SECTION_SIZE)

/* A short string: its length is known when it is copied. There is room for a line. */
static void
put(struct mime_sink *k, char const *s)
{
	char *w = k->s + k->n;

	while (*s) *w++ = *s++;
	k->n = (size_t)(w - k->s);
}

/* The column that began at `from` ends: with blanks up to its width, with one at least. */
static void
pad(struct mime_sink *k, size_t from, size_t width)
{
	size_t n = k->n - from;

	memset(k->s + k->n, ' ', INDENT);
	k->n += n < width ? width - n : 1;
}

static void
column(struct mime_sink *k, char const *s, size_t width)
{
	size_t from = k->n;

	put(k, s);
	pad(k, from, width);
}

/* 812, 1.3k, 482.1k, 12.0M and so on; returns the length. */
static size_t
size_text(char *out, uint64_t size)
{
	static char const units[] = "kMGTPE";
	unsigned int unit = 0;
	size_t n;

	if (size < 1024) return mime_decimal(out, size);
	/* In tenths of the unit. */
	size = size / 1024 * 10 + size % 1024 * 10 / 1024;
	for (; size >= 10000 && units[unit + 1]; size /= 1024) unit++;
	n = mime_decimal(out, size / 10);
	out[n++] = '.';
	out[n++] = (char)('0' + size % 10);
	out[n++] = units[unit];
	return n;
}

/* The size of a leaf, to the right of its column. */
static void
size_column(struct mime_sink *k, uint64_t size)
{
	char number[MIME_DECIMAL + 3];
	size_t n = size_text(number, size);
	size_t from = k->n;

	if (n < 7) pad(k, from, 7 - n);
	memcpy(k->s + k->n, number, sizeof number);
	k->n += n;
	pad(k, from, 9);
}

/* By its name, or if it has none by its Content-ID. */
static int
called(struct mime_sink *k, struct mime_part const *part)
{
	if (part->namelen) return mime_record_text(k, part->name, part->namelen, NAME);
	return mime_sink_put(k, "<", 1) && mime_record_text(k, part->cid, strlen(part->cid), NAME)
	    && mime_sink_put(k, ">", 1);
}

static int
leaf(struct mime_sink *k, struct mime_part const *part)
{
	mime_codes codes = part->codes;
	size_t from;
	unsigned int i;

	column(k, part->charset, 9);
	column(k, part->cte == MIME_CTE_B64 ? "base64" : mime_cte_name(part->cte), 7);
	size_column(k, part->size);
	from = k->n;
	put(k, mime_class_name(part->class));
	if (part->namelen || part->cid[0]) {
		pad(k, from, 8);
		if (!called(k, part)) return 0;
	}
	for (i = 0; codes >> i; i++) {
		if (!(codes >> i & 1)) continue;
		put(k, "  !");
		put(k, mime_code_name((enum mime_code)i));
	}
	return 1;
}

int
mime_listing_put(struct mime_sink *k, struct mime_part const *part)
{
	size_t indent = 2 * (size_t)part->depth;
	size_t from;

	if (!mime_sink_room(k, LINE)) return 0;
	column(k, part->section, SECTION);
	from = k->n;
	if (indent) pad(k, from, indent < INDENT ? indent : INDENT);
	if (!mime_record_text(k, part->type, strlen(part->type), NAME)) return 0;
	if (!part->container) {
		pad(k, from, TYPE);
		if (!leaf(k, part)) return 0;
	}
	k->s[k->n++] = '\n';
	return 1;
}
