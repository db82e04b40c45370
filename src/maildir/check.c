/* The directories of a maildir and its folders, and what lies beside them. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/check.h"
#include "maildir/checkname.h"
#include "maildir/folders.h"
#include "maildir/make.h"

static char const *const subs[] = { "tmp", "new", "cur" };

enum { SUBS = sizeof subs / sizeof subs[0] };

typedef void each(struct check *c, int dir, char const *name);

/* Ask of every name in dir, which is closed. */
static void
walk(struct check *c, int dir, each *ask)
{
	DIR *d = fdopendir(dir);
	struct dirent *e;

	if (d == NULL) {
		finding_failed(&c->found, "read", "");
		close(dir);
		return;
	}
	while (errno = 0, (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ask(c, dir, e->d_name);
	if (errno != 0) finding_failed(&c->found, "read", "");
	closedir(d);
}

static int
open_directory(int dir, char const *name)
{
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int
there(int dir, char const *name)
{
	return faccessat(dir, name, F_OK, 0) == 0;
}

static void
check_sub(struct check *c, int folder, char const *sub)
{
	int dir = open_directory(folder, sub);

	if (dir == -1 && errno == ENOENT) {
		finding(&c->found, sub, "is missing");
	} else if (dir == -1 && (errno == ENOTDIR || errno == ELOOP)) {
		finding(&c->found, sub, "is not a directory");
	} else if (dir == -1) {
		finding_failed(&c->found, "open", sub);
	} else {
		c->found.sub = sub;
		walk(c, dir, check_file);
		c->found.sub = "";
	}
}

/* Beside tmp, new and cur others keep what they like, but no mail. */
static void
beside(struct check *c, int dir, char const *name)
{
	struct stat st;

	if (c->found.folder[0] != 0 && strcmp(name, "maildirsize") == 0)
		finding(&c->found, name, "has no meaning in a folder");
	if (!checkname_like(name)) return;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
		finding(&c->found, name, "a message that is neither in new nor in cur");
}

static void
check_mark(struct check *c, int folder)
{
	struct stat st;

	if (!make_is_folder(c->found.folder)) finding(&c->found, "", "not the name of a folder");
	if (fstatat(folder, "maildirfolder", &st, AT_SYMLINK_NOFOLLOW) == -1) {
		if (errno != ENOENT) finding_failed(&c->found, "stat", "maildirfolder");
		if (errno == ENOENT) finding(&c->found, "maildirfolder", "is missing");
	} else if (!S_ISREG(st.st_mode)) {
		finding(&c->found, "maildirfolder", "is not a regular file");
	}
}

/* Others keep directories of their own among the folders. */
static int
is_folder(int dir)
{
	size_t i;

	for (i = 0; i < SUBS; i++)
		if (there(dir, subs[i])) return 1;
	return 0;
}

static void
check_folder(struct check *c, struct folders const *f)
{
	int again = open_directory(f->fd, ".");
	size_t i;

	if (again == -1) finding_failed(&c->found, "open", "");
	if (again != -1) walk(c, again, beside);
	for (i = 0; i < SUBS; i++) check_sub(c, f->fd, subs[i]);
}

void
check_maildir(struct check *c, char const *path)
{
	int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct folders f;

	c->found.maildir = path;
	c->found.folder = "";
	c->found.sub = "";
	if (top == -1) {
		finding_failed(&c->found, "open", "");
		return;
	}
	folders_begin(&f, top);
	while (folders_next(&f)) {
		c->found.folder = f.name;
		errno = f.err;
		if (f.fd == -1) finding_failed(&c->found, "open", "");
		if (f.fd == -1 || (f.name[0] != 0 && !is_folder(f.fd))) continue;
		if (f.name[0] != 0) check_mark(c, f.fd);
		check_folder(c, &f);
	}
	c->found.folder = "";
	errno = f.err;
	if (f.err != 0) finding_failed(&c->found, "read", "");
	/* A folder's mail is counted in the maildir above. */
	if (!there(top, "maildirfolder")) check_size(c, top);
	close(top);
}
