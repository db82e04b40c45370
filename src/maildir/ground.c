/* Before something is made: where, by whom, and is there room? */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "maildir/ground.h"
#include "maildir/make.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

/* a//b/ becomes a, then ".", and /a becomes "/". Returns 0 when nothing is above it. */
static int
shorten(char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/') n--;
	if (strcmp(path, ".") == 0 || n == 0 || (n == 1 && path[0] == '/')) return 0;
	while (n > 0 && path[n - 1] != '/') n--;
	while (n > 1 && path[n - 1] == '/') n--;
	if (n == 0) path[n++] = '.';
	path[n] = 0;
	return 1;
}

static int
nearest(char *path)
{
	int fd;

	do {
		fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	} while (fd == -1 && errno == ENOENT && shorten(path));
	return fd;
}

int
ground_open(char const *path, char const *folder, struct trouble *why)
{
	char way[MAKE_PATH + 1 + 255];
	struct stat st;
	char *end;
	int fd;

	if (path[0] == 0 || strlen(path) >= MAKE_PATH) {
		errno = path[0] == 0 ? ENOENT : ENAMETOOLONG;
		trouble_box(why, "make", path);
		return -1;
	}
	end = stpcpy(way, path);
	if (folder != NULL) stpcpy(stpcpy(end, "/"), folder);
	fd = nearest(way);
	if (fd == -1 || fstat(fd, &st) == -1) {
		trouble_box(why, "make", path);
		return -1;
	}
	if (st.st_uid == 0 || geteuid() != 0) return fd;
	trouble_say(why, &v_root, "running as root, which does not own what would hold", path);
	return -1;
}

int
ground_ready(int dir, char const *path, struct trouble *why)
{
	struct statvfs fs;

	if (faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) == -1)
		return trouble_box(why, "write to", path);
	if (fstatvfs(dir, &fs) == -1) return trouble_sys(why, &v_local, "stat", path);
	/* Filesystems that make inodes as they go count none at all. */
	if (fs.f_bavail > 0 && (fs.f_files == 0 || fs.f_favail > 0)) return 1;
	return trouble_say(why, &v_disk, "no room in", path);
}
