/* HELP: RFC 959 4.1.3. */

#include <string.h>
#include <strings.h>

#include "ftp/append.h"
#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

enum { WIDTH = 64 };

static struct reply const *
syntax(struct session *s, char const *name)
{
	struct verb const *row = verb_find(&ftp_verbs, name, strlen(name));
	char text[128];
	char *p;

	if (!row || !verbs_offered(s, row)) return &r_not_implemented;
	if (row->run == ftp_site) return site_help(s);
	p = append_text(text, "Syntax: ");
	p = append_text(p, row->name);
	if (row->help[0]) *p++ = ' ';
	*append_text(p, row->help) = 0;
	return reply_fill(&s->said, s->text, &r_help, text);
}

struct reply const *
ftp_help(struct session *s, char *arg)
{
	struct verb const *row = ftp_verbs.rows;
	char line[WIDTH];

	if (arg[0]) return syntax(s, arg);
	control_lead(s, r_help_end.code, "The following commands are recognized:");
	while (verb_names(&row, s, verbs_offered, line, sizeof line)) control_body(s, line);
	return &r_help_end;
}
