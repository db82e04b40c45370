/* The exact size of a message before it is written. */

#include <skalibs/strerr.h>

#include "mime/pack.h"

static struct mime_source *
source(struct mime_pack *k, unsigned int i)
{
	if (i == k->parts) return &k->text.source;
	return i > k->parts ? &k->html.source : &k->part[i].source;
}

int
mime_pack_knows(struct mime_pack *k)
{
	unsigned int i;
	int known = 1;

	for (i = 0; i < k->parts + 2; i++) {
		struct mime_source *s = source(k, i);
		int whole = s->path ? mime_source_hold(s) : 1;

		if (whole == -1) strerr_diefusys(111, "read ", s->path);
		known &= whole;
	}
	return known;
}

/* Stop counting, and be as before. */
static uint64_t
counted(struct mime_pack *k)
{
	uint64_t size = k->out.bytes;

	k->out.counting = 0;
	k->out.bytes = 0;
	k->out.cr = 0;
	k->read = 0;
	return size;
}

static void
rewind_source(struct mime_source *s)
{
	if (s->path && !mime_source_rewind(s)) strerr_diefusys(111, "rewind ", s->path);
}

uint64_t
mime_leaf_size(struct mime_pack *k, struct mime_leaf *l)
{
	k->out.counting = 1;
	mime_leaf_body(k, l, 0);
	rewind_source(&l->source);
	return counted(k);
}

uint64_t
mime_pack_size(struct mime_pack *k)
{
	unsigned int i;

	k->out.counting = 1;
	mime_pack_header(k);
	mime_pack_body(k);
	for (i = 0; i < k->parts + 2; i++) rewind_source(source(k, i));
	return counted(k);
}

uint64_t
mime_pack_total(struct mime_pack *k)
{
	unsigned int i;
	uint64_t total = 0;

	for (i = 0; i < k->parts + 2; i++) {
		struct mime_source const *s = source(k, i);

		if (s->path && !s->bounded) return 0;
		if (s->path) total += s->size;
	}
	return total;
}
