/*
 * A file before it is published: copied, shared or adopted, and synced. The
 * order is that of maildir(5): nothing gets a name in new/ before its bytes
 * are on the disk.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>

#include "lib/measure.h"
#include "maildir/input.h"
#include "maildir/litter.h"
#include "maildir/parcel.h"
#include "maildir/stopwatch.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

enum { TRIES = 10, BLOCK = 65536, CLONE = 1048576 };

/*
 * Let the kernel copy, or share the blocks: on one ext4 a sixth faster than
 * reading and writing 100 MiB, on filesystems with reflinks at once. Its price is W=, the
 * bytes being unseen, so small messages are not copied so. Returns 0 when nothing
 * was done.
 */
static int
clone(int fd, struct measure *m, struct input *in, struct parcel const *p)
{
	off_t at = 0;
	ssize_t r;

	if (!input_is_file(in) || in->st.st_dev != p->box.dev || in->st.st_size < CLONE) return 0;
	do {
		r = copy_file_range(in->fd, &at, fd, NULL, (size_t)(in->st.st_size - at), 0);
	} while (r > 0 && at < in->st.st_size);
	in->at = (uint64_t)at;
	m->size = (uint64_t)at;
	return at > 0;
}

/* Create the file in tmp/, known to litter; -1 with errno. */
static int
create(struct parcel *p, struct order *order)
{
	int const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int i;

	for (i = 0; i < TRIES; i++) {
		sigset_t were;
		int fd, e;

		if (!name_make(&p->name, order->host, ++order->made)) return -1;
		litter_hold(&were);
		fd = openat(p->box.tmp, p->name.base, flags, S_IRUSR | S_IWUSR);
		e = errno;
		if (fd != -1) litter_add(p->box.tmp, p->name.base);
		litter_release(&were);
		errno = e;
		if (fd != -1 || e != EEXIST) return fd;
	}
	return -1;
}

static int
write_all(
    int fd, struct order *order, struct input *in, struct parcel const *p, struct trouble *why)
{
	static char block[BLOCK];
	struct measure m = { 0 };
	size_t n;
	int unseen = clone(fd, &m, in, p);

	do {
		if (!input_read(in, block, sizeof block, &n, why)) return 0;
		if (allwrite(fd, block, n) < n)
			return trouble_sys(why, &v_local, "write to", p->box.path);
		measure_add(&m, block, n);
	} while (n > 0);
	order->size = m.size;
	order->wire = unseen ? 0 : measure_wire(&m);
	if (m.size > 0 || order->empty) return 1;
	return trouble_say(why, &v_empty, "nothing in", "the message");
}

static int
sync_file(int fd, struct order *order)
{
	uint64_t start = stopwatch_us();
	int r = fsync(fd);

	order->file_us += stopwatch_us() - start;
	return r == 0;
}

/* Never a second fsync or close of the same file: the first one has the error. */
static int
finish(int fd, struct parcel const *p, struct order *order, struct trouble *why)
{
	if (order->mode != (S_IRUSR | S_IWUSR) && fchmod(fd, order->mode) == -1)
		return trouble_sys(why, &v_local, "set the mode of a file in", p->box.path);
	if (!sync_file(fd, order)) return trouble_sys(why, &v_local, "sync a file in", p->box.path);
	if (close(fd) == -1) return trouble_sys(why, &v_local, "close a file in", p->box.path);
	return 1;
}

enum parcel_result
parcel_copy(struct parcel *p, struct order *order, struct input *in, struct trouble *why)
{
	int fd = create(p, order);

	if (fd == -1) {
		int gone = errno == EACCES || errno == ENOENT;

		trouble_sys(
		    why, gone ? &v_nobox : &v_local, "create a file in tmp of", p->box.path);
		return PARCEL_FAILED;
	}
	if (!write_all(fd, order, in, p, why)) return PARCEL_FAILED;
	if (!finish(fd, p, order, why)) return PARCEL_FAILED;
	p->state = PARCEL_TMP;
	return PARCEL_DONE;
}

enum parcel_result
parcel_share(struct parcel *p, struct order *order, struct parcel const *from, struct trouble *why)
{
	if (p->box.dev != from->box.dev || p->box.owner != from->box.owner) return PARCEL_REFUSED;
	if (!name_make(&p->name, order->host, ++order->made)) {
		trouble_sys(why, &v_local, "name", "the message");
		return PARCEL_FAILED;
	}
	p->from = from;
	p->state = PARCEL_SHARED;
	return PARCEL_DONE;
}

static int
adoptable(struct parcel const *p, struct order const *order, struct input const *in)
{
	return input_is_file(in) && in->st.st_nlink == 0 && in->st.st_uid == geteuid()
	    && in->st.st_dev == p->box.dev && (in->st.st_size > 0 || order->empty);
}

enum parcel_result
parcel_adopt(struct parcel *p, struct order *order, struct input const *in, struct trouble *why)
{
	if (!adoptable(p, order, in)) return PARCEL_REFUSED;
	if ((in->st.st_mode & 07777) != order->mode && fchmod(in->fd, order->mode) == -1)
		return PARCEL_REFUSED;
	if (!name_make(&p->name, order->host, ++order->made)) {
		trouble_sys(why, &v_local, "name", "the message");
		return PARCEL_FAILED;
	}
	if (!sync_file(in->fd, order)) {
		trouble_sys(why, &v_local, "sync", "the message");
		return PARCEL_FAILED;
	}
	order->size = (uint64_t)in->st.st_size;
	p->state = PARCEL_ADOPTED;
	return PARCEL_DONE;
}
