/* FEAT and OPTS: RFC 2389. */

#include <string.h>
#include <strings.h>

#include "ftp/append.h"
#include "ftp/facts.h"
#include "ftp/handlers.h"
#include "ftp/hash.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

enum { LINE = 160 };

/* The text in the place of the % that a line of row ends in: it is not always the same. */
static void
fill(struct session const *s, struct verb const *row, char *p)
{
	if (row->run == ftp_hash)
		hash_feature(s, p);
	else if (row->run == ftp_mff)
		*append_text(p, s->state & S_CHMOD ? "modify;UNIX.mode;" : "modify;") = 0;
	else
		facts_feature(s, p);
}

static void
feature(struct session *s, struct verb const *row, char const *text, size_t n)
{
	char line[LINE];

	memcpy(line, text, n);
	line[n] = 0;
	if (line[n - 1] == '%') fill(s, row, line + n - 1);
	control_body(s, line);
}

/* One row may have several lines. */
static void
features(struct session *s, struct verb const *row)
{
	char const *text = row->feat;

	if (row->run == ftp_site) site_features(s);
	while (text && *text) {
		size_t n = strcspn(text, "\n");

		feature(s, row, text, n);
		text += n + (text[n] == '\n');
	}
}

/* What policy lets a client use: a drop box has nothing to be restarted. */
static int
usable(struct session const *s, struct verb const *row)
{
	if (row->run == ftp_rest && !(s->state & (S_READ | S_APPEND))) return 0;
	return !(row->needs & S_POLICY & ~s->state) && verbs_offered(s, row);
}

struct reply const *
ftp_feat(struct session *s, char *arg)
{
	struct verb const *row;

	(void)arg;
	control_lead(s, r_end.code, "Features:");
	for (row = ftp_verbs.rows; row->name; row++)
		if (usable(s, row)) features(s, row);
	return &r_end;
}

static struct reply const *
opts_mlst(struct session *s, char const *list)
{
	char text[LINE] = " ";

	facts_select(s, list, text + 1);
	if (text[1] == 0) text[0] = 0;
	return reply_fill(&s->said, s->text, &r_mlst_opts, text);
}

/* Names are passed on as they are: OFF changes nothing, so it is no lie either. */
static struct reply const *
opts_utf8(char const *option)
{
	if (!*option || verb_among("ON OFF NLST", option, strlen(option))) return &r_utf8;
	return &r_bad_option;
}

/* WinSCP asks before it resumes an upload, and begins anew after a 4xx. */
static struct reply const *
opts_rest(struct session const *s, char const *option)
{
	int once = s->mode == MODE_RW && s->policy[FTP_OVERWRITE].number == OVERWRITE_NO;

	if (strcasecmp(option, "STOR") != 0) return &r_bad_option;
	return once || !(s->state & S_APPEND) ? &r_no_restart : &r_ok;
}

struct reply const *
ftp_opts(struct session *s, char *arg)
{
	size_t n = strcspn(arg, " ");
	char const *option = arg + n + (arg[n] == ' ');

	arg[n] = 0;
	if (strcasecmp(arg, "UTF8") == 0 || strcasecmp(arg, "UTF-8") == 0) return opts_utf8(option);
	if (strcasecmp(arg, "MLST") == 0) return opts_mlst(s, option);
	if (strcasecmp(arg, "HASH") == 0) return hash_option(s, option);
	if (strcasecmp(arg, "REST") == 0) return opts_rest(s, option);
	return &r_bad_option;
}
