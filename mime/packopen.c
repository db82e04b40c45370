/* Everything mime-pack reads is open before the first byte goes out. */

#include <string.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

static void
open_leaf(struct mime_pack *k, struct mime_leaf *l, int *input)
{
	if (strcmp(l->source.path, "-") == 0 && (*input)++)
		strerr_dief(100, "standard input can be used only once");
	if (!mime_source_open(&l->source, l->source.path))
		strerr_diefusys(111, "open ", l->source.path);
	if (l->source.bounded) return;
	if (k->pipes == MIME_PACK_PIPES) strerr_dief(100, "too many pipes");
	l->source.hold = k->hold[k->pipes++];
}

static void
open_body(struct mime_pack *k, struct mime_leaf *l, int *input)
{
	if (l->source.path && !*l->source.path) l->source.path = NULL;
	if (l->source.path) open_leaf(k, l, input);
}

void
mime_pack_open(struct mime_pack *k)
{
	int input = 0;
	unsigned int i;

	for (i = 0; i < k->parts; i++) open_leaf(k, k->part + i, &input);
	if (!k->text.source.path && !k->html.source.path && !input) k->text.source.path = "-";
	open_body(k, &k->text, &input);
	open_body(k, &k->html, &input);
	if (k->parts || k->text.source.path || k->html.source.path) return;
	k->text.source.path = "/dev/null";
	open_leaf(k, &k->text, &input);
}
