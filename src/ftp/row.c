/* Lines of LIST, NLST and MLSD: RFC 959 4.1.3, RFC 1123 4.1.2.7, RFC 3659 7.2. */

#include "ftp/row.h"
#include "ftp/append.h"
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
	struct listing *l = &s->listing;
	int up = l->done++;
	char path[PATH_SPACE];
	struct stat st;
	char *p;

	if (l->form == LISTING_NAMES || l->pattern) return 0;
	if (l->form == LISTING_FACTS && up && l->base[1] == 0) return 0;
	if (!path_join(path, "/", l->base) || !path_join(path, path, names[up])) return 0;
	if (!tree_stat(&s->tree, path, &st)) return 0;
	if (l->form == LISTING_LONG)
		p = longline_put(&l->longline, line, &st);
	else
		p = facts_put(s, line, &st, up ? "pdir" : "cdir", 0);
	return end(line, append_text(p, names[up]));
}

/* A data connection is no telnet: 0xFF is not doubled. */
static size_t
format(struct session *s, char *line, char const *name, struct stat const *st)
{
	struct listing *l = &s->listing;
	char *p = line;

	if (l->form == LISTING_LONG)
		return end(line, longline_name(longline_put(&l->longline, p, st), name));
	if (l->form == LISTING_FACTS)
		p = facts_put(s, p, st, NULL, l->parent);
	else if (!l->alone)
		p = append_text(p, l->shown);
	return end(line, append_text(p, name));
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
row_next(struct session *s, char *line)
{
	struct listing *l = &s->listing;
	char const *name;
	struct stat st;

	if (l->alone) return lone(s, line);
	while (l->options.self && l->done < 2) {
		size_t n = itself(s, line);

		if (n) return n;
	}
	name = entry_next(s, &st);
	return name ? format(s, line, name, &st) : 0;
}
