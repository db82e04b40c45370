/* Maildir++: folders are directories of the maildir, and their names begin with a period. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "maildir/folders.h"

static int
open_directory(int dir, char const *name)
{
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

void
folders_begin(struct folders *f, int top)
{
	*f = (struct folders){ .top = top, .fd = -1 };
}

static int
first(struct folders *f)
{
	int fd = open_directory(f->top, ".");

	f->dir = fd == -1 ? NULL : fdopendir(fd);
	if (f->dir == NULL) {
		f->err = errno;
		if (fd != -1) close(fd);
		return 0;
	}
	f->name = "";
	f->fd = open_directory(f->top, ".");
	f->err = f->fd == -1 ? errno : 0;
	return 1;
}

static int
last(struct folders *f, int err)
{
	closedir(f->dir);
	f->err = err;
	return 0;
}

/* Others keep files and links with such names there; and a folder may just have gone. */
static int
no_folder(void)
{
	return errno == ENOTDIR || errno == ELOOP || errno == ENOENT;
}

int
folders_next(struct folders *f)
{
	struct dirent *e;

	if (f->dir == NULL) return first(f);
	if (f->fd != -1) close(f->fd);
	f->fd = -1;
	while (errno = 0, (e = readdir(f->dir)) != NULL) {
		if (e->d_name[0] != '.' || strcmp(e->d_name, ".") == 0) continue;
		if (strcmp(e->d_name, "..") == 0) continue;
		f->fd = open_directory(f->top, e->d_name);
		if (f->fd == -1 && no_folder()) continue;
		f->name = e->d_name;
		f->err = f->fd == -1 ? errno : 0;
		return 1;
	}
	return last(f, errno);
}
