/* The 36 hours of maildir(5): tmp holds what is being delivered, or was once. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/buffer.h>
#include <skalibs/strerr.h>

#include "lib/safe.h"
#include "maildir/folders.h"
#include "maildir/sweep.h"

enum { SHOWN = 1024 }; /* room for a name with all its bytes made safe */

/* Where we are, for people. */
struct place {
	char const *maildir;
	char const *folder; /* "" or ".Name/" */
};

static int
failed(struct place const *p, char const *what, char const *name)
{
	char shown[SHOWN];

	safe_text(shown, sizeof shown, name, strlen(name));
	strerr_warnwusys(what, p->maildir, "/", p->folder, shown);
	return 0;
}

/* A name that may hold anything, on a line of its own. */
static int
show(struct place const *p, char const *name)
{
	char shown[SHOWN];

	safe_text(shown, sizeof shown, name, strlen(name));
	buffer_puts(buffer_1small, p->maildir);
	buffer_puts(buffer_1small, "/");
	buffer_puts(buffer_1small, p->folder);
	buffer_puts(buffer_1small, "tmp/");
	buffer_puts(buffer_1small, shown);
	if (buffer_putflush(buffer_1small, "\n", 1) >= 0) return 1;
	strerr_warnwusys("write to standard output");
	return 0;
}

int
sweep_is_old(struct sweep const *s, struct stat const *st)
{
	return S_ISREG(st->st_mode) && st->st_atime < s->before && st->st_mtime < s->before
	    && st->st_ctime < s->before;
}

static int
sweep_file(struct sweep const *s, struct place const *p, int dir, char const *name)
{
	struct stat st;

	/* Whoever was delivering it may have finished by now. */
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return errno == ENOENT || failed(p, "stat ", name);
	if (!sweep_is_old(s, &st)) return 1;
	if (s->show) return show(p, name);
	return unlinkat(dir, name, 0) == 0 || errno == ENOENT || failed(p, "remove ", name);
}

/* Every name in dir, which is closed: 1 if all went well. */
static int
sweep_all(struct sweep const *s, struct place const *p, int dir)
{
	DIR *d = fdopendir(dir);
	struct dirent *e;
	int ok = 1;

	if (!d) {
		close(dir);
		return failed(p, "read ", "");
	}
	while (errno = 0, (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ok &= sweep_file(s, p, dir, e->d_name);
	if (errno != 0) ok = failed(p, "read ", "");
	closedir(d);
	return ok;
}

static int
sweep_tmp(struct sweep const *s, struct place const *p, int dir)
{
	int tmp = openat(dir, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (tmp == -1) return failed(p, "open ", "tmp");
	return sweep_all(s, p, tmp);
}

static int
sweep_folder(struct sweep const *s, char const *path, struct folders const *f)
{
	char folder[SHOWN];
	struct place p = { .maildir = path, .folder = folder };
	size_t n;

	if (f->fd == -1) {
		errno = f->err;
		p.folder = "";
		return failed(&p, "open ", f->name);
	}
	/* Others keep directories of their own here. */
	if (faccessat(f->fd, "tmp", F_OK, AT_SYMLINK_NOFOLLOW) == -1) return 1;
	n = safe_text(folder, sizeof folder - 1, f->name, strlen(f->name));
	memcpy(folder + n, "/", 2);
	return sweep_tmp(s, &p, f->fd);
}

int
sweep_maildir(struct sweep const *s, char const *path)
{
	struct place const p = { .maildir = path, .folder = "" };
	struct folders f;
	int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ok = 1;

	if (top == -1) {
		strerr_warnwusys("open ", path);
		return 0;
	}
	folders_begin(&f, top);
	while (folders_next(&f))
		ok &= f.name[0] == 0 ? sweep_tmp(s, &p, top) : sweep_folder(s, path, &f);
	errno = f.err;
	if (f.err != 0) ok = failed(&p, "read ", "");
	close(top);
	return ok;
}
