/* Make a maildir, or a folder in it, and set its quota. */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>

#include "maildir/account.h"
#include "maildir/make.h"
#include "maildir/quota.h"
#include "maildir/trouble.h"

#define USAGE "maildir-make [-f folder] [-q quota] maildir"

struct wanted {
	struct make make;
	struct quota quota;
	int limited;
};

static int
option(struct wanted *w, int opt, char const *arg)
{
	switch (opt) {
	case 'f': w->make.folder = arg; return make_is_folder(arg);
	case 'q': w->limited = 1; return quota_scan(&w->quota, arg, strlen(arg));
	default: return 0;
	}
}

static int
limit(struct wanted const *w, struct trouble *why)
{
	struct account a;
	int dir = open(w->make.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir == -1) return trouble_box(why, "open", w->make.path);
	account_open(&a, dir, w->make.path, &w->quota, 1);
	return account_settle(&a) || trouble_box(why, "set the quota of", w->make.path);
}

int
main(int argc, char const *const *argv)
{
	subgetopt l = SUBGETOPT_ZERO;
	struct wanted w = { .make = { .strict = 1 } };
	struct trouble why;
	int opt;

	PROG = "maildir-make";
	while ((opt = subgetopt_r(argc, argv, "f:q:", &l)) != -1)
		if (!option(&w, opt, l.arg)) strerr_dieusage(100, USAGE);
	if (argc - l.ind != 1) strerr_dieusage(100, USAGE);
	w.make.path = argv[l.ind];
	umask(077);
	if (make_maildir(&w.make, &why) && (!w.limited || limit(&w, &why))) return 0;
	errno = why.err;
	strerr_warnwusys(why.doing, " ", why.where);
	return 111;
}
