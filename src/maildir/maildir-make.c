/* Make a maildir, or a folder in it. */

#include <stddef.h>
#include <sys/stat.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>

#include "maildir/make.h"

#define USAGE "maildir-make [-f folder] maildir"

int
main(int argc, char const *const *argv)
{
	subgetopt l = SUBGETOPT_ZERO;
	char const *folder = NULL;
	int opt;

	PROG = "maildir-make";
	while ((opt = subgetopt_r(argc, argv, "f:", &l)) != -1) {
		if (opt != 'f' || !make_is_folder(l.arg)) strerr_dieusage(100, USAGE);
		folder = l.arg;
	}
	if (argc - l.ind != 1) strerr_dieusage(100, USAGE);
	umask(077);
	return make_maildir(argv[l.ind], folder) ? 0 : 111;
}
