/* What LIST, NLST, MLSD and STAT show: RFC 959 4.1.3, RFC 1123 4.1.2.7. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/errors.h"
#include "ftp/facts.h"
#include "ftp/glob.h"
#include "ftp/listing.h"
#include "ftp/longline.h"
#include "ftp/replies.h"
#include "ftp/session.h"

/* "-la dir": options of ls, which clients send; what follows is one path. */
static char *
options(struct listing *l, char *arg)
{
	static char const known[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1";

	while (arg[0] == '-' && arg[1]) {
		size_t n = 1 + strspn(arg + 1, known);
		int last = arg[1] == '-' && (arg[2] == ' ' || arg[2] == 0);

		if (last) n = 2;
		if (arg[n] && arg[n] != ' ') break;
		if (memchr(arg, 'a', n)) l->self = 1;
		if (memchr(arg, 'a', n) || memchr(arg, 'A', n)) l->dots = 1;
		if (memchr(arg, 'd', n)) l->alone = 1;
		arg += n;
		while (*arg == ' ') arg++;
		if (last) break;
	}
	return arg;
}

/* The last component is a pattern: cut it off arg. */
static void
pattern(struct listing *l, char *arg)
{
	char *slash = strrchr(arg, '/');

	l->pattern = slash ? slash + 1 : arg;
}

/* What names of NLST come after, so that each line can be given to RETR. */
static void
shown(struct listing *l, char const *arg, size_t n)
{
	memcpy(l->shown, arg, n);
	if (n && l->shown[n - 1] != '/') l->shown[n++] = '/';
	l->shown[n] = 0;
}

static struct reply const *
open_directory(struct session *s)
{
	struct listing *l = &s->listing;
	struct stat st;
	char *p;

	l->dir = tree_open(&s->tree, s->path, O_RDONLY | O_DIRECTORY);
	if (l->dir == -1) return errors_reply(errno);
	if (fstat(l->dir, &st) == -1
	    || !entries_start(
	        &l->entries, l->dir, s->block, sizeof s->block, l->form == LISTING_LONG)) {
		fd_close(l->dir);
		return &r_local;
	}
	l->parent = facts_parent(s, &st);
	p = append_text(l->base, s->path);
	if (s->path[1]) *p++ = '/';
	*p = 0;
	return NULL;
}

static struct reply const *
open_pattern(struct session *s, char *arg)
{
	struct listing *l = &s->listing;
	char dir[PATH_SPACE];
	size_t n;
	struct reply const *r;

	pattern(l, arg);
	n = (size_t)(l->pattern - arg);
	if (n >= sizeof dir) return &r_bad_name;
	memcpy(dir, arg, n);
	dir[n] = 0;
	r = path_take(s, dir, &r_no_match);
	if (r) return r;
	shown(l, dir, n);
	r = open_directory(s);
	return r && r->code == 550 ? &r_no_match : r;
}

/* Something must match before 150 is said; then begin again. */
static struct reply const *
match_first(struct session *s)
{
	struct listing *l = &s->listing;
	char line[LISTING_LINE];

	if (listing_next(s, line) == 0) {
		listing_close(s);
		return &r_no_match;
	}
	if (lseek(l->dir, 0, SEEK_SET) == -1
	    || !entries_start(
	        &l->entries, l->dir, s->block, sizeof s->block, l->form == LISTING_LONG)) {
		listing_close(s);
		return &r_local;
	}
	return NULL;
}

static void
start(struct session *s, enum listing_form form)
{
	struct listing *l = &s->listing;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	l->form = form;
	l->dots = form == LISTING_FACTS;
	l->self = form == LISTING_FACTS;
	l->alone = l->done = 0;
	l->dir = -1;
	l->pattern = NULL;
	l->now = now.tv_sec;
	l->shown[0] = 0;
	l->entries.failed = 0;
}

struct reply const *
listing_open(struct session *s, enum listing_form form, char *arg)
{
	struct listing *l = &s->listing;
	struct reply const *r;
	struct stat st;

	start(s, form);
	if (form != LISTING_FACTS) arg = options(l, arg);
	r = path_take(s, arg, &r_not_found);
	if (r) return r;
	if (!tree_stat(&s->tree, s->path, &st)) {
		if (errno != ENOENT || form == LISTING_FACTS || !glob_is(arg))
			return errors_reply(errno);
		r = open_pattern(s, arg);
		return r ? r : match_first(s);
	}
	if (!S_ISDIR(st.st_mode) || l->alone) {
		if (form == LISTING_FACTS) return &r_not_a_directory_501;
		l->alone = 1;
		*append_text(l->shown, *arg ? arg : ".") = 0;
		return NULL;
	}
	shown(l, arg, strlen(arg));
	return open_directory(s);
}

static int
printable(char const *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f) return 0;
	return 1;
}

/* FTP_HIDE, unless all was asked for, or a dot with a dot; and for a pattern a
 * dot at the beginning is not just any byte. */
static int
hidden(struct session const *s, char const *name, size_t len)
{
	struct listing const *l = &s->listing;

	if (name[0] == '.' && l->pattern) return l->pattern[0] != '.';
	return !l->dots && glob_any(s->policy[FTP_HIDE].text, name, len);
}

/*
 * The next name to show, and its status, symbolic links followed below the
 * root: one that leads nowhere is left out.
 */
static char const *
next(struct session *s, struct stat *st)
{
	struct listing *l = &s->listing;
	char path[2 * PATH_SPACE];
	char const *name;

	while ((name = entries_next(&l->entries))) {
		size_t len = strlen(name);

		if (path_denied(s, name, len) || hidden(s, name, len)) continue;
		if (l->pattern && !glob_match(l->pattern, strlen(l->pattern), name, len)) continue;
		if (l->form != LISTING_LONG && !printable(name)) continue;
		if (l->form == LISTING_NAMES) return name;
		if (fstatat(l->dir, name, st, AT_SYMLINK_NOFOLLOW) == -1) continue;
		if (!S_ISLNK(st->st_mode)) return name;
		*append_text(append_text(path, l->base), name) = 0;
		if (tree_stat(&s->tree, path, st)) return name;
	}
	return NULL;
}

/* Directory, parent: "." and ".." of LIST -a, cdir and pdir of MLSD. */
static size_t
itself(struct session *s, char *line)
{
	static char const *const names[] = { ".", ".." };
	struct listing *l = &s->listing;
	int up = l->done++;
	char path[PATH_SPACE];
	struct stat st;
	char *p;

	if (l->form == LISTING_NAMES || l->pattern) return 0;
	if (l->form == LISTING_FACTS && up && l->base[1] == 0) return 0;
	if (!path_join(path, "/", l->base) || !path_join(path, path, names[up])) return 0;
	if (!tree_stat(&s->tree, path, &st)) return 0;
	if (l->form == LISTING_LONG) return longline(line, &st, names[up], l->now);
	p = facts_put(s, line, &st, up ? "pdir" : "cdir", 0);
	p = append_text(p, path);
	p = append_text(p, "\r\n");
	return (size_t)(p - line);
}

/* Over the control connection and in fields of a line 0xFF needs no doubling:
 * a data connection is no telnet. */
static size_t
format(struct session *s, char *line, char const *name, struct stat const *st)
{
	struct listing *l = &s->listing;
	char *p = line;

	if (l->form == LISTING_LONG) return longline(line, st, name, l->now);
	if (l->form == LISTING_FACTS)
		p = facts_put(s, p, st, NULL, l->parent);
	else if (!l->alone)
		p = append_text(p, l->shown);
	p = append_text(p, name);
	p = append_text(p, "\r\n");
	return (size_t)(p - line);
}

static size_t
lone(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	struct stat st;

	if (l->done || !tree_stat(&s->tree, s->path, &st)) return 0;
	l->done = 1;
	return format(s, line, l->shown, &st);
}

size_t
listing_next(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	char const *name;
	struct stat st;

	if (l->alone) return lone(s, line);
	while (l->self && l->done < 2) {
		size_t n = itself(s, line);

		if (n) return n;
	}
	/* Special files have no type in RFC 3659. */
	do name = next(s, &st);
	while (name && l->form == LISTING_FACTS && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
	return name ? format(s, line, name, &st) : 0;
}

void
listing_close(struct session *s)
{
	if (s->listing.dir != -1) fd_close(s->listing.dir);
	s->listing.dir = -1;
}
