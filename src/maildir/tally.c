/* Maildir++: what a mailbox holds, by the names of its files. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/folders.h"
#include "maildir/namepart.h"
#include "maildir/tally.h"

static void
add(uint64_t *sum, uint64_t u)
{
	*sum = u > INT64_MAX - *sum ? INT64_MAX : *sum + u;
}

static int
one(struct tally *t, int dir, struct dirent const *e)
{
	struct stat st;
	uint64_t size;

	if (e->d_name[0] == '.' || namepart_trashed(e->d_name)) return 1;
	if (e->d_type != DT_REG && e->d_type != DT_UNKNOWN) return 1;
	if (e->d_type == DT_UNKNOWN || !namepart_number(e->d_name, 'S', &size)) {
		/* A reader may have moved it meanwhile. */
		if (fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1) return errno == ENOENT;
		if (!S_ISREG(st.st_mode)) return 1;
		if (!namepart_number(e->d_name, 'S', &size)) size = (uint64_t)st.st_size;
	}
	add(&t->bytes, size);
	add(&t->count, 1);
	return 1;
}

/* Every name in dir, which is closed. */
static int
all(struct tally *t, int dir)
{
	DIR *d = fdopendir(dir);
	struct dirent *e;
	int ok = 1;

	if (d == NULL) {
		close(dir);
		return 0;
	}
	while (ok && (errno = 0, (e = readdir(d)) != NULL)) ok = one(t, dir, e);
	if (ok && errno != 0) ok = 0;
	closedir(d);
	return ok;
}

static int
later(struct timespec a, struct timespec b)
{
	return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec > b.tv_nsec);
}

/* The time is taken before the names: what comes after it is seen by tally_moved. */
static int
look(struct tally *t, int folder, char const *sub, int names)
{
	int dir = openat(folder, sub, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (dir == -1) return errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
	if (fstat(dir, &st) == -1) {
		close(dir);
		return 0;
	}
	if (later(st.st_mtim, t->newest)) t->newest = st.st_mtim;
	if (names) return all(t, dir);
	close(dir);
	return 1;
}

/* With names, count them too. */
static int
walk(struct tally *t, int top, int names)
{
	struct folders f;
	int ok = 1;

	folders_begin(&f, top);
	while (folders_next(&f)) {
		if (strcmp(f.name, ".Trash") == 0) continue;
		if (f.fd == -1 || !look(t, f.fd, "new", names) || !look(t, f.fd, "cur", names))
			ok = 0;
	}
	return ok && f.err == 0;
}

int
tally_take(struct tally *t, int top)
{
	*t = (struct tally){ 0 };
	return walk(t, top, 1);
}

int
tally_moved(struct tally const *t, int top)
{
	struct tally now = { 0 };

	return !walk(&now, top, 0) || later(now.newest, t->newest);
}
