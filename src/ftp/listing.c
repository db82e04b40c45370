/* What LIST, NLST, MLSD and STAT are asked to show: RFC 959 4.1.3. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/entry.h"
#include "ftp/errors.h"
#include "ftp/facts.h"
#include "ftp/glob.h"
#include "ftp/listing.h"
#include "ftp/replies.h"
#include "ftp/row.h"
#include "ftp/session.h"

/* What names of NLST come after, so that each line can be given to RETR. */
static void
shown(struct listing *l, char const *arg, size_t n)
{
	memcpy(l->shown, arg, n);
	if (n && l->shown[n - 1] != '/') l->shown[n++] = '/';
	l->shown[n] = 0;
}

static char *
last(char *arg)
{
	char *slash = strrchr(arg, '/');

	return slash ? slash + 1 : arg;
}

/* MLSD and NLST never sort: whoever asks for these does so himself. */
int
listing_begin(struct session *s)
{
	struct listing *l = &s->listing;

	l->done = l->headed = 0;
	if (!entries_start(&l->entries, l->dir, s->block, sizeof s->block, l->form == LISTING_LONG))
		return 0;
	entry_order(s);
	return 1;
}

static struct reply const *
open_directory(struct session *s)
{
	struct listing *l = &s->listing;
	struct stat st;
	char *p;

	l->dir = tree_open(&s->tree, s->path, O_RDONLY | O_DIRECTORY);
	if (l->dir == -1) return errors_reply(errno);
	p = append_text(l->base, s->path);
	if (s->path[1]) *p++ = '/';
	*p = 0;
	if (fstat(l->dir, &st) == -1 || !listing_begin(s)) {
		listing_close(s);
		return &r_local;
	}
	l->parent = facts_parent(s, &st);
	return NULL;
}

/* Something must match before 150 is said; then begin again. */
static struct reply const *
match_first(struct session *s)
{
	struct reply const *r = NULL;
	char line[LISTING_LINE];

	if (row_next(s, line) == 0)
		r = s->listing.entries.failed ? &r_local : &r_no_match;
	else if (lseek(s->listing.dir, 0, SEEK_SET) == -1 || !listing_begin(s))
		r = &r_local;
	if (r) listing_close(s);
	return r;
}

static struct reply const *
open_pattern(struct session *s, char *arg)
{
	struct listing *l = &s->listing;
	char dir[PATH_SPACE];
	size_t n;
	struct reply const *r;

	l->pattern = last(arg);
	l->options.recursive = 0;
	n = (size_t)(l->pattern - arg);
	if (n >= sizeof dir) return &r_bad_name;
	memcpy(dir, arg, n);
	dir[n] = 0;
	r = path_take(s, dir, &r_no_match);
	if (r) return r;
	shown(l, dir, n);
	r = open_directory(s);
	if (r) return r->code == 550 ? &r_no_match : r;
	return match_first(s);
}

/* One line, or the lines of a directory. */
static struct reply const *
open_path(struct session *s, char const *arg, struct stat const *st)
{
	struct listing *l = &s->listing;

	if (S_ISDIR(st->st_mode) && !l->options.alone) {
		shown(l, arg, strlen(arg));
		if (l->form == LISTING_LONG && !*arg) memcpy(l->shown, "./", 3);
		return open_directory(s);
	}
	if (l->form == LISTING_FACTS) return &r_not_a_directory_501;
	l->alone = 1;
	*append_text(l->shown, *arg ? arg : ".") = 0;
	return NULL;
}

static void
start(struct session *s, enum listing_form form)
{
	struct listing *l = &s->listing;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	l->form = form;
	l->options =
	    (struct options){ .dots = form == LISTING_FACTS, .self = form == LISTING_FACTS };
	l->alone = l->done = l->headed = 0;
	l->looks = 0;
	l->paused = 0;
	l->descent.depth = 0;
	l->descent.next[0] = 0;
	l->dir = -1;
	l->pattern = NULL;
	l->longline.now = now.tv_sec;
	l->longline.local = s->policy[FTP_TZ].number == TZ_LOCAL;
	l->longline.owner = s->policy[FTP_OWNER].text;
	l->shown[0] = 0;
	l->entries.failed = 0;
}

/* A link that leads nowhere is something where links are shown. */
static int
look(struct session *s, struct stat *st)
{
	int error;

	if (tree_stat(&s->tree, s->path, st)) return 1;
	error = errno;
	if (s->policy[FTP_LINKS].number == LINKS_SHOW && tree_lstat(&s->tree, s->path, st)
	    && S_ISLNK(st->st_mode))
		return 1;
	errno = error;
	return 0;
}

/* What has the name itself comes before what matches it as a pattern. */
struct reply const *
listing_open(struct session *s, enum listing_form form, char *arg)
{
	struct listing *l = &s->listing;
	struct reply const *r;
	struct stat st;
	int error = ENOENT;

	start(s, form);
	if (form != LISTING_FACTS) arg = options_take(&l->options, arg);
	if (!s->policy[FTP_LS_R].number) l->options.recursive = 0;
	r = path_take(s, arg, &r_not_found);
	if (r && r != &r_not_found) return r;
	if (!r && !look(s, &st)) {
		r = errors_reply(errno);
		error = errno;
	}
	if (!r)
		r = open_path(s, arg, &st);
	else if (error == ENOENT && form != LISTING_FACTS && glob_is(last(arg)))
		r = open_pattern(s, arg);
	return r;
}

void
listing_close(struct session *s)
{
	if (s->listing.dir != -1) fd_close(s->listing.dir);
	s->listing.dir = -1;
}
