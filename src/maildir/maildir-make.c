/* Make a maildir, or a folder in it. */

#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>

#include "maildir/make.h"
#include "maildir/trouble.h"

#define USAGE "maildir-make [-f folder] maildir"

int
main(int argc, char const *const *argv)
{
	subgetopt l = SUBGETOPT_ZERO;
	struct make m = { .strict = 1 };
	struct trouble why;
	int opt;

	PROG = "maildir-make";
	while ((opt = subgetopt_r(argc, argv, "f:", &l)) != -1) {
		if (opt != 'f' || !make_is_folder(l.arg)) strerr_dieusage(100, USAGE);
		m.folder = l.arg;
	}
	if (argc - l.ind != 1) strerr_dieusage(100, USAGE);
	m.path = argv[l.ind];
	umask(077);
	if (make_maildir(&m, &why)) return 0;
	errno = why.err;
	strerr_warnwusys(why.doing, " ", why.where);
	return 111;
}
