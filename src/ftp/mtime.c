/* MDTM, MFMT, SITE UTIME: RFC 3659 3, and the draft on modify facts. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "ftp/errors.h"
#include "ftp/handlers.h"
#include "ftp/mtime.h"
#include "ftp/replies.h"
#include "ftp/session.h"

struct reply const *
mtime_set(struct session *s, char const *arg, int64_t seconds)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = (time_t)seconds } };
	struct reply const *r;

	if (!(s->state & S_CHANGE)) return &r_denied;
	r = path_take(s, arg, &r_no_file);
	if (r) return r;
	return tree_touch(&s->tree, s->path, t) ? NULL : errors_or(errno, &r_no_file);
}

struct reply const *
ftp_mfmt(struct session *s, char *arg)
{
	char before[64];
	struct reply const *r;
	int64_t seconds;
	size_t n = date_scan(arg, &seconds);

	if (!n || arg[n] != ' ' || !arg[n + 1]) return &r_bad_date;
	r = mtime_set(s, arg + n + 1, seconds);
	if (r) return r;
	*append_text(date_stamp(append_text(before, "Modify="), seconds), "; ") = 0;
	return path_reply(s, 213, before, arg + n + 1, "", 0);
}

static struct reply const *
stamp(struct session *s, int64_t seconds)
{
	char text[DATE_STAMP + 1];

	*date_stamp(text, seconds) = 0;
	return reply_fill(&s->said, s->text, &r_number, text);
}

/* Fourteen digits, then perhaps more of a date, a blank and a path. */
static int
is_setting(char const *arg)
{
	char const *blank = strchr(arg, ' ');

	return strspn(arg, "0123456789") == DATE_STAMP && blank && blank[1]
	    && strspn(arg, "0123456789.+-") == (size_t)(blank - arg);
}

/* "MDTM 20200101000000 name" sets the time, unless a file has that very name. */
struct reply const *
ftp_mdtm(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_no_file);
	int64_t seconds;
	struct stat st;
	size_t n;

	if (r) return r;
	if (tree_stat(&s->tree, s->path, &st)) return stamp(s, st.st_mtime);
	if (errno != ENOENT || !is_setting(arg)) return errors_or(errno, &r_no_file);
	n = date_scan(arg, &seconds);
	/* A time zone behind the date is not understood: better no date than a wrong one. */
	if (!n || arg[n] != ' ') return &r_bad_date;
	r = mtime_set(s, arg + n + 1, seconds);
	return r ? r : stamp(s, seconds);
}

/* "name 20200101000000 20200101000000 20200101000000 UTC": cut the tail off. */
static int
trailing(char *arg, int64_t *seconds)
{
	static int const order[] = { 0, 1, 0 }; /* change, modification, access, from behind */
	size_t len = strlen(arg);
	int i;

	if (len < 4 || strcasecmp(arg + len - 4, " UTC") != 0) return 0;
	len -= 4;
	for (i = 0; i < 3; i++) {
		int64_t t;

		if (len < DATE_STAMP + 2 || arg[len - DATE_STAMP - 1] != ' ') return 0;
		arg[len] = 0;
		if (date_scan(arg + len - DATE_STAMP, &t) != DATE_STAMP) return 0;
		if (order[i]) *seconds = t;
		len -= DATE_STAMP + 1;
	}
	arg[len] = 0;
	return 1;
}

struct reply const *
site_utime(struct session *s, char *arg)
{
	struct reply const *r;
	int64_t seconds;
	size_t n = date_scan(arg, &seconds);

	if (n && arg[n] == ' ' && arg[n + 1])
		arg += n + 1;
	else if (!trailing(arg, &seconds))
		return &r_bad_date;
	r = mtime_set(s, arg, seconds);
	return r ? r : &r_utime_ok;
}
