/*
 * Maildir++: is there room? maildirsize is believed but when it says no, which it
 * may only say soon after all mail was counted.
 */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "maildir/account.h"
#include "maildir/dirsync.h"
#include "maildir/maildirsize.h"
#include "maildir/tally.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

enum {
	FRESH = 900, /* seconds */
	COUNTS = 5
};

static void
warn(struct account const *a, char const *doing)
{
	if (a->verbose && errno != 0) strerr_warnwusys(doing, " maildirsize of ", a->path);
	if (a->verbose && errno == 0) strerr_warnw("not a maildirsize in ", a->path);
}

/* Where the mail of the folder dir is counted, or -1 if somebody else's. */
static int
above(int dir)
{
	int top = openat(dir, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat in, out;

	if (top == -1) return -1;
	if (fstat(dir, &in) == 0 && fstat(top, &out) == 0 && in.st_uid == out.st_uid) return top;
	close(top);
	return -1;
}

static int
there(int dir, char const *name)
{
	return faccessat(dir, name, F_OK, 0) == 0;
}

void
account_open(struct account *a, int dir, char const *path, struct quota const *named, int verbose)
{
	*a = (struct account){
		.top = dir, .named = named != NULL, .verbose = verbose, .path = path
	};
	if (named != NULL) a->quota = *named;
	if (dir == -1) return;
	if (there(dir, "maildirfolder")) a->top = above(dir);
	/* Most maildirs have no quota, and are asked nothing more. */
	if (a->top != -1 && named == NULL && !there(a->top, "maildirsize")) a->top = -1;
}

static int
full(struct account const *a, struct trouble *why)
{
	return trouble_say(why, &v_full, "over the quota of", a->path);
}

/* Where -q names the quota, the file can be made anew: better none than a wrong one. */
static void
give_up(struct account const *a, char const *doing)
{
	warn(a, doing);
	if (a->named) maildirsize_remove(a->top);
}

/* The next delivery counts anew. */
static void
distrust(struct account const *a)
{
	if (a->named)
		maildirsize_remove(a->top);
	else if (!maildirsize_doubt(a->top))
		warn(a, "add to");
}

static int
count(struct account const *a, struct quota const *quota, uint64_t size, struct trouble *why)
{
	struct tally t;

	if (!tally_take(&t, a->top)) {
		give_up(a, "count the mail for");
		return 1;
	}
	if (!maildirsize_write(a->top, quota, &t)) give_up(a, "write");
	/* Who counts while others deliver may have missed some, or will have some twice. */
	if (tally_moved(&t, a->top)) {
		distrust(a);
		return 1;
	}
	return !quota_over(quota, &t, size) || full(a, why);
}

/* The line of whoever has just counted, and nothing since. */
static int
fresh(struct maildirsize const *m)
{
	time_t age = time(NULL) - m->mtime;

	return m->lines == 1 && age > -FRESH && age < FRESH;
}

int
account_admit(struct account const *a, uint64_t size, struct trouble *why)
{
	struct maildirsize m;
	struct quota const *quota;

	if (a->top == -1) return 1;
	maildirsize_read(&m, a->top);
	quota = a->named ? &a->quota : &m.quota;
	if (m.state == MAILDIRSIZE_BAD) warn(a, "read");
	if (!a->named && (m.state == MAILDIRSIZE_NONE || m.state == MAILDIRSIZE_BAD)) return 1;
	if (m.state == MAILDIRSIZE_GOOD && quota_same(quota, &m.quota)) {
		if (!quota_over(quota, &m.used, size)) return 1;
		if (fresh(&m)) return full(a, why);
	}
	return count(a, quota, size, why);
}

void
account_enter(struct account const *a, uint64_t size)
{
	if (a->top != -1 && !maildirsize_add(a->top, size)) give_up(a, "add to");
}

int
account_settle(struct account const *a)
{
	struct tally t;
	int i;

	if (a->top == -1) {
		errno = EPERM;
		return 0;
	}
	for (i = 0; i < COUNTS; i++) {
		if (!tally_take(&t, a->top) || !maildirsize_write(a->top, &a->quota, &t)) return 0;
		if (!tally_moved(&t, a->top)) break;
	}
	return dirsync(a->top, 1, a->path);
}
