/* SITE: RFC 959 4.1.3, with the commands clients use. */

#include <errno.h>
#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "ftp/append.h"
#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"

enum { IDLE_MOST = 7200 };

/* One to four octal digits, and what ends them. Returns their number. */
static size_t
scan_mode(char const *s, unsigned int *mode)
{
	size_t n = strspn(s, "01234567");

	return n && n <= 4 && uint_oscan(s, mode) == n ? n : 0;
}

/* "SITE CHMOD 644 name": set-id and sticky bits are not taken over. */
static struct reply const *
site_chmod(struct session *s, char *arg)
{
	struct reply const *r;
	unsigned int mode;
	size_t n = scan_mode(arg, &mode);

	if (!n || arg[n] != ' ' || !arg[n + 1]) return &r_bad_argument;
	if (!(s->state & S_CHMOD)) return &r_denied;
	r = path_take(s, arg + n + 1, &r_no_file);
	if (r) return r;
	if (!tree_chmod(&s->tree, s->path, mode & 0777)) return errors_or(errno, &r_no_file);
	event_path(s, "chmod", s->path);
	return &r_chmod_ok;
}

static struct reply const *
site_umask(struct session *s, char *arg)
{
	char text[64];
	unsigned int mode;
	size_t n = scan_mode(arg, &mode);
	char *p;

	if (!arg[0]) {
		p = append_octal(append_text(text, "Current UMASK is "), s->mask, 3);
		*append_text(p, ".") = 0;
		return reply_fill(&s->said, s->text, &r_umask, text);
	}
	if (!n || arg[n] || mode > 0777) return &r_bad_argument;
	p = append_octal(append_text(text, "UMASK set to "), mode, 3);
	p = append_octal(append_text(p, " (was "), s->mask, 3);
	*append_text(p, ").") = 0;
	s->mask = mode;
	return reply_fill(&s->said, s->text, &r_umask, text);
}

static struct reply const *
site_idle(struct session *s, char *arg)
{
	unsigned int most = (unsigned int)s->policy[FTP_IDLE].number;
	char fmt[UINT_FMT];
	unsigned int n = s->idle;

	if (arg[0] && (!uint0_scan(arg, &n) || n == 0)) return &r_bad_argument;
	if (most < IDLE_MOST) most = IDLE_MOST;
	s->idle = n < most ? n : most;
	fmt[uint_fmt(fmt, s->idle)] = 0;
	return reply_fill(&s->said, s->text, &r_idle, fmt);
}

struct site {
	char const *name;
	handler *run;
};

static struct reply const *
help(struct session *s, char *arg)
{
	(void)arg;
	return site_help(s);
}

static struct site const sites[] = {
	{ "CHMOD", site_chmod },
	{ "HELP", help },
	{ "IDLE", site_idle },
	{ "UMASK", site_umask },
	{ "UTIME", site_utime },
	{ NULL, NULL },
};

/* One name per line: gvfs reads it. */
struct reply const *
site_help(struct session *s)
{
	struct site const *row;

	control_lead(s, r_site_help_end.code, "The following SITE commands are recognized:");
	for (row = sites; row->name; row++) control_body(s, row->name);
	return &r_site_help_end;
}

struct reply const *
ftp_site(struct session *s, char *arg)
{
	size_t n = strcspn(arg, " ");
	struct site const *row;

	for (row = sites; row->name; row++)
		if (strlen(row->name) == n && strncasecmp(row->name, arg, n) == 0)
			return row->run(s, arg + n + (arg[n] == ' '));
	return &r_bad_site;
}
