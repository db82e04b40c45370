/* Lines of LIST, NLST and MLSD: RFC 959 4.1.3, RFC 1123 4.1.2.7, RFC 3659 7.2. */

#include "ftp/row.h"
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/descent.h"
#include "ftp/entry.h"
#include "ftp/facts.h"
#include "ftp/session.h"

static size_t
end(char const *line, char *p)
{
	*p++ = '\r';
	*p++ = '\n';
	return (size_t)(p - line);
}

/*
 * Directory, parent: "." and ".." of LIST -a, cdir and pdir of MLSD. A client
 * that takes these for names must not go round in circles: so no whole paths.
 */
static size_t
itself(struct session *s, char *line)
{
	static char const *const names[] = { ".", ".." };
	static char const *const types[] = { "cdir", "pdir" };
	struct listing *l = &s->listing;
	int up = l->done++;
	char path[PATH_SPACE];
	struct stat st;
	struct facts const f = { .type = types[up], .st = &st, .target = &st };

	if (l->form == LISTING_NAMES || l->pattern) return 0;
	if (l->form == LISTING_FACTS && up && l->base[1] == 0) return 0;
	if (!path_join(path, "/", l->base) || !path_join(path, path, names[up])) return 0;
	if (!tree_stat(&s->tree, path, &st)) return 0;
	if (l->form == LISTING_FACTS)
		return end(line, append_text(facts_put(s, line, &f), names[up]));
	return end(line, append_text(longline_put(&l->longline, line, &st), names[up]));
}

/* " -> target" of the symbolic link at path. */
static char *
arrow(struct session *s, char *p, char const *path)
{
	char const *name;
	char target[PATH_SPACE];
	int dir = tree_parent(&s->tree, path, &name);
	ssize_t n;

	if (dir == -1) return p;
	n = readlinkat(dir, name, target, sizeof target - 1);
	fd_close(dir);
	if (n == -1) return p;
	target[n] = 0;
	return longline_name(append_text(p, " -> "), target);
}

static size_t
long_row(struct session *s, char *line, char const *name, char const *path, struct stat const *st)
{
	char *p = longline_name(longline_put(&s->listing.longline, line, st), name);

	return end(line, S_ISLNK(st->st_mode) ? arrow(s, p, path) : p);
}

static size_t
facts_row(struct session *s, char *line, char const *name, char const *path, struct stat const *st)
{
	struct stat target;
	struct facts f = { .st = st, .target = st, .parent = s->listing.parent };

	if (S_ISLNK(st->st_mode)) f.target = tree_stat(&s->tree, path, &target) ? &target : NULL;
	return end(line, append_text(facts_put(s, line, &f), name));
}

/* A data connection is no telnet: 0xFF is not doubled. */
static size_t
inner(struct session *s, char *line, char const *name, struct stat const *st)
{
	struct listing *l = &s->listing;
	char path[2 * PATH_SPACE];

	if (l->form == LISTING_NAMES)
		return end(line, append_bytes(append_text(line, l->shown), name, l->len));
	path[0] = 0;
	if (S_ISLNK(st->st_mode)) *append_text(append_text(path, l->base), name) = 0;
	if (l->form == LISTING_LONG) return long_row(s, line, name, path, st);
	return facts_row(s, line, name, path, st);
}

static size_t
lone(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	int links = s->policy[FTP_LINKS].number == LINKS_SHOW;
	struct stat st;

	if (l->done++) return 0;
	if (l->form == LISTING_NAMES) return end(line, append_text(line, l->shown));
	if (!(links ? tree_lstat : tree_stat)(&s->tree, s->path, &st)) return 0;
	return long_row(s, line, l->shown, s->path, &st);
}

/* "./sub:", after an empty line but for the first one, as ls -R has it. */
static size_t
heading(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	size_t n = strlen(l->shown);
	char *p = line;

	l->headed = 1;
	if (l->descent.depth) p = append_text(p, "\r\n");
	p = longline_name(p, l->shown);
	if (n > 1) p--;
	return end(line, append_text(p, ":"));
}

/* The next line of the directory at hand. */
static size_t
here(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	char const *name;
	struct stat st;

	if (l->options.recursive && l->form == LISTING_LONG && !l->headed) return heading(s, line);
	while (l->options.self && l->done < 2) {
		size_t n = itself(s, line);

		if (n) return n;
	}
	name = entry_next(s, &st);
	return name ? inner(s, line, name, &st) : 0;
}

size_t
row_next(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	size_t n;

	if (l->alone) return lone(s, line);
	do n = here(s, line);
	while (n == 0 && l->options.recursive && !l->entries.failed && !l->paused && descent_next(s)
	    && listing_begin(s));
	return n;
}
