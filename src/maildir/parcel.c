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

int
order_changes(struct order const *order)
{
	return order->fields || header_asked(&order->header);
}

static int
write_some(
    int fd, struct parcel const *p, char const *s, size_t n, struct measure *m, struct trouble *why)
{
	if (allwrite(fd, s, n) < n) return trouble_sys(why, &v_local, "write to", p->box.path);
	measure_add(m, s, n);
	return 1;
}

static int
write_fields(
    int fd, struct order const *order, struct parcel *p, struct measure *m, struct trouble *why)
{
	static struct fields f;

	if (!fields_make(&f, order->fields, &p->to, why)) return 0;
	p->ahead = f.n;
	return write_some(fd, p, f.s, f.n, m, why);
}

/* The first block has what header_take needs, however the message trickles in. */
static int
read_block(struct order const *order, struct input *in, char *block, size_t *n, struct trouble *why)
{
	size_t more;

	if (!input_read(in, block, BLOCK, n, why)) return 0;
	if (!order->header.unfrom || order->header.st != HEADER_START) return 1;
	for (more = *n; more > 0 && *n < HEADER_FIRST; *n += more)
		if (!input_read(in, block + *n, BLOCK - *n, &more, why)) return 0;
	return 1;
}

static int
write_all(int fd, struct order *order, struct input *in, struct parcel *p, struct trouble *why)
{
	static char block[BLOCK];
	struct measure m = { 0 };
	size_t n;
	int unseen;

	if (order->fields && !write_fields(fd, order, p, &m, why)) return 0;
	unseen = !order_changes(order) && clone(fd, &m, in, p);
	do {
		size_t drop;

		if (!read_block(order, in, block, &n, why)) return 0;
		drop = header_take(&order->header, block, n);
		if (order->header.looped)
			return trouble_say(why, &v_loop, "it has been in", p->box.path);
		if (!write_some(fd, p, block + drop, n - drop, &m, why)) return 0;
	} while (n > 0);
	p->size = m.size;
	p->wire = unseen ? 0 : measure_wire(&m);
	if (m.size > p->ahead || order->empty) return 1;
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
	if ((order->fields & FIELD_DELIVERED_TO) && p->to.s != from->to.s) return PARCEL_REFUSED;
	if (!name_make(&p->name, order->host, ++order->made)) {
		trouble_sys(why, &v_local, "name", "the message");
		return PARCEL_FAILED;
	}
	p->from = from;
	p->ahead = from->ahead;
	p->size = from->size;
	p->wire = from->wire;
	p->state = PARCEL_SHARED;
	return PARCEL_DONE;
}

static int
adoptable(struct parcel const *p, struct order const *order, struct input const *in)
{
	return !order_changes(order) && input_is_file(in) && in->st.st_nlink == 0
	    && in->st.st_uid == geteuid() && in->st.st_dev == p->box.dev
	    && (in->st.st_size > 0 || order->empty);
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
	if (!input_whole(in, why)) return PARCEL_FAILED;
	p->size = (uint64_t)in->st.st_size;
	p->state = PARCEL_ADOPTED;
	return PARCEL_DONE;
}
