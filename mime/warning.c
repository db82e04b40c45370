/* What is wrong with a message, said once. */

#include <stdio.h>

#include "mime/warning.h"

/* Lines printed for one message; the rest is only counted. */
#define WARNINGS 100

int
mime_warning(struct mime_unpack *u, struct mime_event const *e)
{
	if ((int)e->level > u->level) u->level = (int)e->level;
	if (u->quiet > 1 || (u->quiet && e->level == MIME_NOTICE)) return 1;
	if (u->action == &mime_action_check)
		return mime_record_warning(&u->out, &u->form, e)
		    || mime_unpack_fail(u, "write to standard output");
	if (u->warned++ >= WARNINGS) return 1;
	(void)fprintf(stderr, "mime-unpack: %s: section %s offset %llu: %s: %s\n",
	    e->level == MIME_NOTICE ? "notice" : "warning", e->part->section,
	    (unsigned long long)e->offset, mime_code_name(e->code), mime_code_text(e->code));
	return 1;
}

void
mime_warning_rest(struct mime_unpack const *u)
{
	if (u->warned <= WARNINGS) return;
	(void)fprintf(
	    stderr, "mime-unpack: warning: %u more of these not shown\n", u->warned - WARNINGS);
}
