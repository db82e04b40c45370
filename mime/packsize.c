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

uint64_t
mime_pack_size(struct mime_pack *k)
{
	unsigned int i;
	uint64_t size;

	k->out.counting = 1;
	mime_pack_header(k);
	mime_pack_body(k);
	size = k->out.bytes;
	k->out.counting = 0;
	k->out.bytes = 0;
	k->out.cr = 0;
	for (i = 0; i < k->parts + 2; i++) {
		struct mime_source *s = source(k, i);

		if (s->path && !mime_source_rewind(s)) strerr_diefusys(111, "rewind ", s->path);
	}
	return size;
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
