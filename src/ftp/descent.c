/*
 * A tree of any size in the same memory: of each level above only the place in
 * its directory is kept, and the directory opened again on the way back.
 */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/descent.h"
#include "ftp/entry.h"
#include "ftp/session.h"

enum { LOOK = 4096 /* bytes read at once: what is behind the next directory is read again */ };

/* The next directory in the one at hand, or NULL. */
static char const *
below(struct session *s)
{
	struct listing *l = &s->listing;
	int64_t *next = &l->descent.next[l->descent.depth];
	char const *name;

	if (l->descent.depth == DESCENT_MOST || (*next == 0 && !l->entries.directories))
		return NULL;
	if (lseek(l->dir, *next, SEEK_SET) == -1
	    || !entries_start(&l->entries, l->dir, s->block, LOOK, 0)) {
		l->entries.failed = 1;
		return NULL;
	}
	name = entry_directory(s);
	*next = l->entries.offset;
	return name;
}

/* 0 if it is too deep for a path, gone, or not for us. */
static int
enter(struct session *s, char const *name)
{
	struct listing *l = &s->listing;
	size_t base = strlen(l->base);
	size_t shown = strlen(l->shown);
	size_t n = strlen(name);
	int fd;

	if (base + n + 1 >= sizeof l->base || shown + n + 1 >= sizeof l->shown) return 0;
	fd = openat(l->dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1) return 0;
	*append_text(append_text(l->base + base, name), "/") = 0;
	*append_text(append_text(l->shown + shown, name), "/") = 0;
	fd_close(l->dir);
	l->dir = fd;
	l->descent.next[++l->descent.depth] = 0;
	return 1;
}

/* Take the last component away, and the slash before it stays. */
static void
cut(char *path)
{
	size_t n = strlen(path) - 1;

	while (n && path[n - 1] != '/') n--;
	path[n] = 0;
}

static int
leave(struct session *s)
{
	struct listing *l = &s->listing;
	char path[PATH_SPACE + 1];
	size_t n;

	if (l->descent.depth == 0) return 0;
	l->descent.depth--;
	cut(l->base);
	cut(l->shown);
	fd_close(l->dir);
	/* Names of the disk, not of a client: path_join would refuse some of them. */
	n = strlen(l->base);
	memcpy(path, l->base, n);
	path[n > 1 ? n - 1 : n] = 0;
	l->dir = tree_open(&s->tree, path, O_RDONLY | O_DIRECTORY);
	l->entries.failed = l->dir == -1;
	return l->dir != -1;
}

int
descent_next(struct session *s)
{
	for (;;) {
		char const *name = below(s);

		if (name && enter(s, name)) return 1;
		if (s->listing.entries.failed || (!name && !leave(s))) return 0;
	}
}
