/* A maildir: opened once, never named again. */

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "maildir/box.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

static int
lost(struct trouble *why, char const *doing, char const *path)
{
	int e = errno;
	int gone = e == ENOENT || e == ENOTDIR || e == ELOOP || e == EACCES || e == ENAMETOOLONG;

	return trouble_sys(why, gone ? &v_nobox : &v_local, doing, path);
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

int
box_open(struct box *b, char const *path, char const *sub, struct trouble *why)
{
	struct stat st;
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*b = (struct box){ .path = path, .sub = sub, .there = dir != -1 || errno != ENOENT };
	if (dir == -1) return lost(why, "open maildir", path);
	if (fstat(dir, &st) == -1) return trouble_sys(why, &v_local, "stat", path);
	b->owner = st.st_uid;
	if (st.st_uid != 0 && geteuid() == 0)
		return trouble_say(why, &v_root, "running as root, which does not own", path);
	b->tmp = open_below(dir, "tmp");
	if (b->tmp == -1) return lost(why, "open tmp of", path);
	b->out = open_below(dir, sub);
	if (b->out == -1) return lost(why, sub[0] == 'n' ? "open new of" : "open cur of", path);
	close(dir);
	return same_device(b, why);
}

static int
writable(int dir)
{
	return faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) == 0;
}

int
box_ready(struct box const *b, struct trouble *why)
{
	struct statvfs fs;

	if (!writable(b->tmp) || !writable(b->out)) return lost(why, "write to", b->path);
	if (fstatvfs(b->tmp, &fs) == -1) return trouble_sys(why, &v_local, "stat", b->path);
	/* Filesystems that make inodes as they go count none at all. */
	if (fs.f_bavail > 0 && (fs.f_files == 0 || fs.f_favail > 0)) return 1;
	return trouble_say(why, &v_disk, "no room in", b->path);
}
