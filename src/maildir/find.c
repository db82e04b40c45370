/* What an earlier run with the same key has published: looked for, not written again. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/input.h"
#include "maildir/key.h"
#include "maildir/parcel.h"
#include "maildir/trouble.h"

enum { TRIES = 5 };

static int
is_file(int dir, char const *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
}

int
parcel_is_there(struct parcel const *p)
{
	return is_file(p->box.out, p->name.full);
}

int
parcel_is_taken(struct parcel const *p, struct order const *order, uint64_t size)
{
	struct name n;

	if (order->key == NULL) return 0;
	name_finish(&n, order->key->base, size, 0, order->info);
	return is_file(p->box.out, n.full);
}

/* The name in dir that begins with stem: 1 with name, 0 if there is none, -1 with errno. */
static int
scan(int dir, char const *stem, char name[NAME_SIZE])
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd != -1 ? fdopendir(fd) : NULL;
	struct dirent *e;
	int r = -1;

	if (d == NULL) {
		if (fd != -1) close(fd);
		return -1;
	}
	while (r == -1 && (errno = 0, (e = readdir(d)) != NULL)) {
		size_t n = strlen(e->d_name);

		if (n >= NAME_SIZE || strncmp(e->d_name, stem, strlen(stem)) != 0) continue;
		if (!is_file(dir, e->d_name)) continue;
		memcpy(name, e->d_name, n + 1);
		r = 1;
	}
	if (r == -1 && errno == 0) r = 0;
	closedir(d);
	return r;
}

/* A reader that sets a flag renames the file: readdir(3) may then pass over it. */
static int
scan_steadily(int dir, char const *stem, char name[NAME_SIZE])
{
	struct stat before, after;
	int i;

	for (i = 0; i < TRIES; i++) {
		int r;

		if (fstat(dir, &before) == -1) return -1;
		r = scan(dir, stem, name);
		if (r != 0) return r;
		if (fstat(dir, &after) == -1) return -1;
		if (before.st_mtim.tv_sec == after.st_mtim.tv_sec
		    && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec)
			break;
	}
	return 0;
}

/* In new first: what is moved to cur meanwhile is found there. */
static int
anywhere(struct parcel *p, char const *stem)
{
	int r = scan_steadily(p->box.out, stem, p->name.full);
	int cur;

	if (r != 0 || p->box.sub[0] == 'c') return r;
	cur = openat(p->box.tmp, "../cur", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (cur == -1) return errno == ENOENT ? 0 : -1;
	r = scan_steadily(cur, stem, p->name.full);
	if (r == 1) {
		close(p->box.out);
		p->box.out = cur;
		p->box.sub = "cur";
	} else {
		close(cur);
	}
	return r;
}

enum parcel_result
parcel_find(
    struct parcel *p, struct order const *order, struct input const *in, struct trouble *why)
{
	int r = 0;

	if (order->key == NULL) return PARCEL_REFUSED;
	if (order->key->again) {
		r = anywhere(p, order->key->stem);
	} else if (input_is_file(in) && !order_changes(order)) {
		name_finish(&p->name, order->key->base, (uint64_t)in->st.st_size, 0, order->info);
		r = parcel_is_there(p);
	}
	if (r == -1) {
		trouble_box(why, "look for an earlier delivery in", p->box.path);
		return PARCEL_FAILED;
	}
	if (r == 0) return PARCEL_REFUSED;
	p->state = PARCEL_THERE;
	return PARCEL_DONE;
}
