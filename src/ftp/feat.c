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

/* One line; the rest of one that ends in % changes with OPTS. */
static void
feature(struct session *s, struct verb const *row, char const *text, size_t n)
{
	char line[LINE];

	memcpy(line, text, n);
	line[n] = 0;
	if (line[n - 1] == '%' && row->run == ftp_hash)
		hash_feature(s, line + n - 1);
	else if (line[n - 1] == '%')
		facts_feature(s, line + n - 1);
	control_body(s, line);
}

/* Only what policy lets a client use. */
struct reply const *
ftp_feat(struct session *s, char *arg)
{
	struct verb const *row;

	(void)arg;
	control_lead(s, r_end.code, "Features:");
	for (row = ftp_verbs.rows; row->name; row++) {
		char const *text = row->feat;

		if ((row->needs & S_POLICY & ~s->state) || !verbs_offered(s, row)) continue;
		while (text && *text) {
			size_t n = strcspn(text, "\n");

			feature(s, row, text, n);
			text += n + (text[n] == '\n');
		}
	}
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
	static char const *const known[] = { "", "ON", "OFF", "NLST", NULL };
	size_t i = 0;

	while (known[i] && strcasecmp(known[i], option) != 0) i++;
	return known[i] ? &r_utf8 : &r_bad_option;
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
