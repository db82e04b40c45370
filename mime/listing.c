/* The list of parts for people. */

#include <string.h>

#include <skalibs/types.h>

#include "mime/record.h"

/* Columns: the section, the type with its indent, and the name at most. */
#define SECTION 7
#define TYPE 30
#define NAME 60

/* At least one blank, and at most as many as the widest indent. */
static int
pad(struct mime_sink *k, size_t used, size_t width)
{
	static char const blanks[] = "                                        ";
	size_t n = used < width ? width - used : 1;

	return mime_sink_put(k, blanks, n < sizeof blanks - 1 ? n : sizeof blanks - 1);
}

static int
column(struct mime_sink *k, char const *s, size_t width)
{
	return mime_sink_puts(k, s) && pad(k, strlen(s), width);
}

/* 812, 1.3k, 482.1k, 12.0M and so on; returns the length. */
static size_t
size_text(char *out, uint64_t size)
{
	static char const units[] = "kMGTPE";
	unsigned int unit = 0;
	size_t n;

	if (size < 1024) return uint64_fmt(out, size);
	/* In tenths of the unit. */
	size = size / 1024 * 10 + size % 1024 * 10 / 1024;
	for (; size >= 10000 && units[unit + 1]; size /= 1024) unit++;
	n = uint64_fmt(out, size / 10);
	out[n++] = '.';
	out[n++] = (char)('0' + size % 10);
	out[n++] = units[unit];
	return n;
}

/* The size of a leaf, to the right of its column. */
static int
size_column(struct mime_sink *k, uint64_t size)
{
	char number[UINT64_FMT + 3];
	size_t n = size_text(number, size);

	if (n < 7 && !pad(k, n, 7)) return 0;
	return mime_sink_put(k, number, n) && pad(k, n < 7 ? 7 : n, 9);
}

/* By its name, or if it has none by its Content-ID. */
static int
called(struct mime_sink *k, struct mime_part const *part)
{
	if (!part->namelen && !part->cid[0]) return 1;
	if (!pad(k, strlen(mime_class_name(part->class)), 8)) return 0;
	if (part->namelen) return mime_record_text(k, part->name, part->namelen, NAME);
	return mime_sink_put(k, "<", 1) && mime_record_text(k, part->cid, strlen(part->cid), NAME)
	    && mime_sink_put(k, ">", 1);
}

static int
leaf(struct mime_sink *k, struct mime_part const *part)
{
	char const *cte = part->cte == MIME_CTE_B64 ? "base64" : mime_cte_name(part->cte);
	unsigned int i;

	if (!column(k, part->charset, 9) || !column(k, cte, 7) || !size_column(k, part->size)
	    || !mime_sink_puts(k, mime_class_name(part->class)) || !called(k, part))
		return 0;
	for (i = 0; i < MIME_CODES; i++)
		if (part->codes >> i & 1
		    && !(mime_sink_puts(k, "  !")
		        && mime_sink_puts(k, mime_code_name((enum mime_code)i))))
			return 0;
	return 1;
}

int
mime_listing_put(struct mime_sink *k, struct mime_part const *part)
{
	size_t indent = part->depth < 20 ? 2 * part->depth : 40;

	if (!column(k, part->section, SECTION)) return 0;
	if (indent && !pad(k, 0, indent)) return 0;
	if (!mime_record_text(k, part->type, strlen(part->type), NAME)) return 0;
	if (!part->container && !(pad(k, indent + strlen(part->type), TYPE) && leaf(k, part)))
		return 0;
	return mime_sink_put(k, "\n", 1);
}
