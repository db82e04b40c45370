/* Find what does not belong in a maildir, or is not what it says. */

#include <stddef.h>
#include <time.h>

#include <skalibs/buffer.h>
#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "maildir/check.h"

#define USAGE "maildir-check maildir ..."

enum { HOURS = 36 }; /* maildir(5) */

int
main(int argc, char const *const *argv)
{
	static struct check c;
	subgetopt l = SUBGETOPT_ZERO;
	int i;

	PROG = "maildir-check";
	if (subgetopt_r(argc, argv, "", &l) != -1) strerr_dieusage(100, USAGE);
	if (l.ind == argc) strerr_dieusage(100, USAGE);
	if (!sig_ignore(SIGPIPE)) strerr_diefusys(111, "ignore SIGPIPE");
	c.age.before = time(NULL) - (time_t)HOURS * 3600;
	for (i = l.ind; i < argc; i++) check_maildir(&c, argv[i]);
	if (!buffer_flush(buffer_1)) strerr_diefusys(111, "write to standard output");
	if (c.found.failed) return 111;
	return c.found.any ? 1 : 0;
}
