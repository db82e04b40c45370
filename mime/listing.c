/* The list of parts for people. */

#include <stdio.h>
#include <string.h>

#include "mime/record.h"

/* Columns: the section, the type with its indent, and the name at most. */
#define SECTION 7
#define TYPE 30
#define NAME 60

static int
pad(struct mime_sink *k, size_t used, size_t width)
{
	do
		if (!mime_sink_put(k, " ", 1)) return 0;
	while (++used < width);
	return 1;
}

static int
column(struct mime_sink *k, char const *s, size_t width)
{
	return mime_sink_puts(k, s) && pad(k, strlen(s), width);
}

/* 812, 1.3k, 482.1k, 12.0M and so on. */
static void
size_text(char *out, size_t max, uint64_t size)
{
	static char const units[] = "kMGTPE";
	unsigned int unit = 0;

	if (size < 1024) {
		(void)snprintf(out, max, "%u", (unsigned int)size);
		return;
	}
	/* In tenths of the unit. */
	size = size / 1024 * 10 + size % 1024 * 10 / 1024;
	for (; size >= 10000 && units[unit + 1]; size /= 1024) unit++;
	(void)snprintf(out, max, "%llu.%u%c", (unsigned long long)(size / 10),
	    (unsigned int)(size % 10), units[unit]);
}

static int
leaf(struct mime_sink *k, struct mime_part const *part)
{
	char number[24];
	char column_text[32];
	unsigned int i;

	size_text(number, sizeof number, part->size);
	(void)snprintf(column_text, sizeof column_text, "%7s", number);
	if (!column(k, part->charset[0] ? part->charset : "-", 9)
	    || !column(k, mime_cte_name(part->cte), 7) || !column(k, column_text, 9)
	    || !mime_sink_puts(k, mime_class_name(part->class)))
		return 0;
	if (part->namelen
	    && !(pad(k, strlen(mime_class_name(part->class)), 8)
	        && mime_record_text(k, part->name, part->namelen, NAME)))
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
