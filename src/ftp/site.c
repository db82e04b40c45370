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
#include "ftp/room.h"
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
	unsigned int least = (unsigned int)s->policy[FTP_IDLE].number;
	unsigned int most = least > IDLE_MOST ? least : IDLE_MOST;
	char fmt[UINT_FMT];
	unsigned int n = s->idle;

	if (arg[0] && (!uint0_scan(arg, &n) || n == 0)) return &r_bad_argument;
	s->idle = n < least ? least : n > most ? most : n;
	fmt[uint_fmt(fmt, s->idle)] = 0;
	return reply_fill(&s->said, s->text, &r_idle, fmt);
}

/* No limit is "none": 0 would be the opposite. */
static struct reply const *
site_quota(struct session *s, char *arg)
{
	uint64_t most = s->policy[FTP_MAXFILE].number;
	char text[96];
	char *p = append_number(append_text(text, "Free "), room_here(s), 1, '0');

	(void)arg;
	p = append_text(p, " bytes; file limit ");
	p = most ? append_number(p, most, 1, '0') : append_text(p, "none");
	*append_text(p, ".") = 0;
	return reply_fill(&s->said, s->text, &r_quota, text);
}

static struct reply const *
help(struct session *s, char *arg)
{
	(void)arg;
	return site_help(s);
}

enum { FEAT = 1024 /* has a line there: clients look for it */ };

struct site {
	char const *name;
	handler *run;
	unsigned int rules; /* MAY or MUST have an argument, FEAT */
	unsigned int needs; /* state bits that must all be set */
};

/* clang-format off */
static struct site const sites[] = {
	{ "CHMOD",   site_chmod,   MUST,        S_CHMOD },
	{ "HELP",    help,         MAY,         0 },
	{ "IDLE",    site_idle,    MAY,         0 },
	{ "MKDIR",   site_mkdir,   MUST | FEAT, S_WRITE },
	{ "QUOTA",   site_quota,   MAY,         0 },
	{ "RMDIR",   site_rmdir,   MUST,        S_DELETE },
	{ "SYMLINK", site_symlink, MUST | FEAT, S_CHANGE },
	{ "UMASK",   site_umask,   MAY,         0 },
	{ "UTIME",   site_utime,   MUST | FEAT, S_CHANGE },
	{ NULL,      NULL,         0,           0 },
};
/* clang-format on */

static int
active(struct session const *s, struct site const *row)
{
	return row->run != site_symlink || s->policy[FTP_LINKS_CREATE].number;
}

/* One name per line: gvfs reads it. */
struct reply const *
site_help(struct session *s)
{
	struct site const *row;

	control_lead(s, r_site_help_end.code, "The following SITE commands are recognized:");
	for (row = sites; row->name; row++)
		if (active(s, row)) control_body(s, row->name);
	return &r_site_help_end;
}

void
site_features(struct session *s)
{
	struct site const *row;
	char line[16];

	for (row = sites; row->name; row++) {
		if (!(row->rules & FEAT) || !active(s, row) || (row->needs & ~s->state)) continue;
		*append_text(append_text(line, "SITE "), row->name) = 0;
		control_body(s, line);
	}
}

struct reply const *
ftp_site(struct session *s, char *arg)
{
	size_t n = strcspn(arg, " ");
	char *rest = arg + n + (arg[n] == ' ');
	struct site const *row = sites;

	while (row->name && (strlen(row->name) != n || strncasecmp(row->name, arg, n) != 0)) row++;
	if (!row->name) return &r_bad_site;
	if (!active(s, row)) return &r_not_implemented;
	if ((row->rules & MUST) && !*rest) return &r_want_argument;
	if (row->needs & ~s->state) return &r_denied;
	return row->run(s, rest);
}
