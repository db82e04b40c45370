/* A maildir: opened once, never named again. */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "maildir/box.h"
#include "maildir/ground.h"
#include "maildir/make.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

static int
lost(struct box *b, struct trouble *why, char const *doing)
{
	b->missing = errno == ENOENT;
	return trouble_box(why, doing, b->path);
}

static int
open_below(int dir, char const *name)
{
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int
same_device(struct box *b, struct trouble *why)
{
	struct stat tmp, out;

	if (fstat(b->tmp, &tmp) == -1 || fstat(b->out, &out) == -1)
		return trouble_sys(why, &v_local, "stat", b->path);
	b->dev = tmp.st_dev;
	if (tmp.st_dev == out.st_dev) return 1;
	return trouble_say(why, &v_device, "its directories are on different devices:", b->path);
}

static int
owned(struct box *b, int dir, struct trouble *why)
{
	struct stat st;

	if (fstat(dir, &st) == -1) return trouble_sys(why, &v_local, "stat", b->path);
	b->owner = st.st_uid;
	if (st.st_uid == 0 || geteuid() != 0) return 1;
	return trouble_say(why, &v_root, "running as root, which does not own", b->path);
}

/* tmp and sub, and where things are made, all three must be there. */
static int
open_subs(struct box *b, int dir, struct terms const *t, struct trouble *why)
{
	int new = b->sub[0] == 'n';
	struct stat st;

	if (t->make && fstatat(dir, new ? "cur" : "new", &st, AT_SYMLINK_NOFOLLOW) == -1)
		return lost(b, why, "find all directories of");
	b->tmp = open_below(dir, "tmp");
	if (b->tmp == -1) return lost(b, why, "open tmp of");
	b->out = open_below(dir, b->sub);
	if (b->out != -1) return same_device(b, why);
	lost(b, why, new ? "open new of" : "open cur of");
	close(b->tmp);
	return 0;
}

/* The folder, dir itself where there is none of that name, or -1. */
static int
open_folder(struct box *b, int dir, struct terms const *t, struct trouble *why)
{
	int fd = open_below(dir, t->folder);

	if (fd != -1) {
		b->folder = t->folder;
		return fd;
	}
	if (errno != ENOENT || t->make) {
		lost(b, why, "open a folder of");
		return -1;
	}
	if (t->verbose) strerr_warnw("no folder ", t->folder, " in ", b->path, ": not used");
	return dir;
}

static int
open_all(struct box *b, char const *path, struct terms const *t, int lasting, struct trouble *why)
{
	struct make const m = { .path = path, .folder = t->folder, .strict = t->strict };
	/* The open(2) of musl makes two calls of it. */
	int dir = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int in = dir;
	int ok;

	*b = (struct box){ .path = path, .sub = t->sub, .dir = dir };
	b->there = dir != -1 || errno != ENOENT;
	if (dir == -1) return lost(b, why, "open maildir");
	ok = owned(b, dir, why);
	if (ok && t->folder != NULL) in = open_folder(b, dir, t, why);
	if (ok && in != dir) ok = in != -1 && owned(b, in, why);
	ok = ok && open_subs(b, in, t, why);
	if (ok && lasting) ok = make_lasting(&m, in, why);
	if (in != dir && in != -1) close(in);
	return ok;
}

int
box_open(struct box *b, char const *path, struct terms const *t, struct trouble *why)
{
	struct make const m = { .path = path, .folder = t->folder, .strict = t->strict };
	int ground;

	if (open_all(b, path, t, t->make, why)) return 1;
	if (!b->missing || !t->make) return 0;
	if (b->dir != -1) close(b->dir);
	ground = ground_open(path, t->folder, why);
	if (ground == -1) return 0;
	close(ground);
	return make_maildir(&m, why) && open_all(b, path, t, 0, why);
}

int
box_check(struct box *b, char const *path, struct terms const *t, struct trouble *why)
{
	int ground, ok;

	if (open_all(b, path, t, 0, why))
		return ground_ready(b->tmp, path, why) && ground_ready(b->out, path, why);
	if (!b->missing || !t->make) return 0;
	ground = ground_open(path, t->folder, why);
	if (ground == -1) return 0;
	ok = ground_ready(ground, path, why);
	close(ground);
	return ok;
}
