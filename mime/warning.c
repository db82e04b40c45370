/* What is wrong with a message, said once. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mime/warning.h"

/* Lines printed for one message; the rest is only counted. */
#define WARNINGS 100

/* The beginning of a line: what it is, and in a batch of which file. */
static void
begin(struct mime_unpack *u, char const *kind)
{
	mime_progress_end(&u->progress);
	u->err.fd = 2;
	mime_sink_puts(&u->err, "mime-unpack: ");
	mime_sink_puts(&u->err, kind);
	if (!u->form.message) return;
	mime_record_text(&u->err, u->form.message, strlen(u->form.message), 0);
	mime_sink_puts(&u->err, ": ");
}

/* The line, in one write; nobody is left to be told that it could not be written. */
static void
end(struct mime_unpack *u)
{
	mime_sink_puts(&u->err, "\n");
	mime_sink_flush(&u->err);
}

void
mime_warning_say(struct mime_unpack *u, char const *text)
{
	if (u->quiet > 1) return;
	begin(u, "warning: ");
	mime_sink_puts(&u->err, text);
	end(u);
}

void
mime_warning_file(struct mime_unpack *u, char const *what)
{
	int e = errno;

	begin(u, "warning: ");
	mime_sink_puts(&u->err, what);
	mime_sink_puts(&u->err, ": ");
	mime_sink_puts(&u->err, strerror(e));
	end(u);
}

int
mime_warning(struct mime_unpack *u, struct mime_event const *e)
{
	char offset[32];

	if ((int)e->level > u->level) u->level = (int)e->level;
	if (u->quiet > 1 || (u->quiet && e->level == MIME_NOTICE)) return 1;
	if (u->action == &mime_action_check)
		return mime_record_warning(&u->out, &u->form, e)
		    || mime_unpack_fail(u, "write to standard output");
	if (u->warned++ >= WARNINGS) return 1;
	(void)snprintf(offset, sizeof offset, " offset %llu: ", (unsigned long long)e->offset);
	begin(u, e->level == MIME_NOTICE ? "notice: " : "warning: ");
	mime_sink_puts(&u->err, "section ");
	mime_sink_puts(&u->err, e->part->section);
	mime_sink_puts(&u->err, offset);
	mime_sink_puts(&u->err, mime_code_name(e->code));
	mime_sink_puts(&u->err, ": ");
	mime_sink_puts(&u->err, mime_code_text(e->code));
	end(u);
	return 1;
}

void
mime_warning_rest(struct mime_unpack *u)
{
	char text[64];

	if (u->warned <= WARNINGS) return;
	(void)snprintf(text, sizeof text, "%u more of these not shown", u->warned - WARNINGS);
	mime_warning_say(u, text);
}
