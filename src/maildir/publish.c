/*
 * From tmp/, or from no name at all, to new/: linked, never renamed over
 * something, and the directory synced.
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/linkfd.h"
#include "maildir/dirsync.h"
#include "maildir/input.h"
#include "maildir/key.h"
#include "maildir/parcel.h"
#include "maildir/stopwatch.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

/* What a filesystem, or the kernel, says to a link it does not do. */
static int
refused(void)
{
	switch (errno) {
	case EPERM:
	case EOPNOTSUPP:
	case ENOSYS:
	case EXDEV:
	case EMLINK: return 1;
	default: return 0;
	}
}

/* What is linked for a parcel. */
static struct parcel const *
file_of(struct parcel const *p)
{
	return p->state == PARCEL_SHARED ? p->from : p;
}

/* The link may have been made although an NFS server's answer was lost. */
static int
linked(struct parcel const *p, struct input const *in)
{
	struct parcel const *file = file_of(p);
	struct stat a, b;
	int e = errno;
	int r = file->state == PARCEL_ADOPTED
	    ? fstat(in->fd, &a)
	    : fstatat(file->box.tmp, file->name.base, &a, AT_SYMLINK_NOFOLLOW);

	r = r == 0 && fstatat(p->box.out, p->name.full, &b, AT_SYMLINK_NOFOLLOW) == 0
	    && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	errno = e;
	return r;
}

/* renameat2(2) by number: musl 1.2.3 has no name for it. */
static int
rename_new(struct parcel const *p)
{
	struct box const *b = &p->box;
	char const *from = p->name.base, *to = p->name.full;

	if (syscall(SYS_renameat2, b->tmp, from, b->out, to, RENAME_NOREPLACE) == 0) return 1;
	if (errno != EINVAL && errno != ENOSYS) return 0;
	if (parcel_is_there(p)) {
		errno = EEXIST;
		return 0;
	}
	return renameat(b->tmp, from, b->out, to) == 0;
}

static int
link_new(struct parcel const *p, struct input const *in)
{
	struct parcel const *file = file_of(p);
	int ok = file->state == PARCEL_ADOPTED
	    ? link_fd(in->fd, p->box.out, p->name.full)
	    : linkat(file->box.tmp, file->name.base, p->box.out, p->name.full, 0) == 0;

	if (ok || (errno == EEXIST && linked(p, in))) return 1;
	return p->state == PARCEL_TMP && refused() && rename_new(p);
}

/* Names of a key are of the same form however the bytes came: no W. */
static void
finish_name(struct parcel *p, struct order const *order)
{
	if (order->key != NULL)
		name_finish(&p->name, order->key->base, p->size, 0, order->info);
	else
		name_finish(&p->name, p->name.base, p->size, p->wire, order->info);
}

enum parcel_result
parcel_publish(
    struct parcel *p, struct order const *order, struct input const *in, struct trouble *why)
{
	finish_name(p, order);
	if (link_new(p, in)) {
		p->state = PARCEL_OUT;
		return PARCEL_DONE;
	}
	if (errno == EEXIST && order->key != NULL) {
		if (parcel_is_there(p)) {
			p->state = PARCEL_THERE;
			return PARCEL_DONE;
		}
		errno = EEXIST;
	}
	/* ENOENT: no /proc, or a file that was given up for good (O_EXCL, unlinked). */
	if (p->state != PARCEL_TMP && (refused() || errno == ENOENT)) {
		p->state = PARCEL_NONE;
		return PARCEL_REFUSED;
	}
	/* The answer may have been lost, not the link: have it withdrawn, if it is ours. */
	if (errno != EEXIST && (order->key == NULL || linked(p, in))) p->state = PARCEL_OUT;
	trouble_sys(why, &v_local, "link a file into", p->box.path);
	return PARCEL_FAILED;
}

enum parcel_result
parcel_sync(struct parcel const *p, struct order *order, struct trouble *why)
{
	uint64_t start = stopwatch_us();
	int ok = dirsync(p->box.out, order->strict, p->box.path);
	int e = errno;

	order->dir_us += stopwatch_us() - start;
	errno = e;
	if (!ok) {
		trouble_sys(why, &v_local,
		    p->state == PARCEL_THERE ? "sync the directory of"
		                             : "sync (published name withdrawn) the directory of",
		    p->box.path);
		return PARCEL_FAILED;
	}
	/* A reader may have moved it, or its run, still at work, have withdrawn it. */
	if (p->state != PARCEL_THERE || parcel_is_there(p)) return PARCEL_DONE;
	trouble_say(why, &v_local, "what an earlier delivery stored is gone from", p->box.path);
	return PARCEL_REFUSED;
}

int
parcel_withdraw(struct parcel *p)
{
	if (p->state != PARCEL_OUT) return 1;
	p->state = PARCEL_NONE;
	return unlinkat(p->box.out, p->name.full, 0) == 0 || errno == ENOENT;
}
