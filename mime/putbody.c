/* Decoded bodies to standard output. */

#include <skalibs/strerr.h>

#include "mime/unpack.h"

static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	if (!u->tty || part->text) return 1;
	mime_sink_flush(&u->out);
	strerr_dief(100, "section ", part->section,
	    " is not text: will not write it to a terminal without -f");
}

struct mime_action const mime_action_bodies = {
	.begin = &begin,
	.data = &mime_unpack_put,
};
