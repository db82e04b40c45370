/* Remove what interrupted deliveries left behind. */

#include <time.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "maildir/sweep.h"

#define USAGE "maildir-sweep [-n] [-a hours] maildir ..."

enum {
	HOURS = 36,      /* maildir(5) */
	MOST = 24 * 3660 /* ten years */
};

static void
parse(struct sweep *s, unsigned int *hours, int argc, char const *const *argv, int *first)
{
	subgetopt l = SUBGETOPT_ZERO;
	int opt;

	while ((opt = subgetopt_r(argc, argv, "na:", &l)) != -1) {
		switch (opt) {
		case 'n': s->show = 1; break;
		case 'a':
			/* Less, and mail that is being delivered could go. */
			if (uint0_scan(l.arg, hours) && *hours >= 1 && *hours <= MOST) break;
			strerr_dieusage(100, USAGE);
		default: strerr_dieusage(100, USAGE);
		}
	}
	*first = l.ind;
}

int
main(int argc, char const *const *argv)
{
	struct sweep s = { .show = 0 };
	unsigned int hours = HOURS;
	int ok = 1;
	int i;

	PROG = "maildir-sweep";
	parse(&s, &hours, argc, argv, &i);
	if (i == argc) strerr_dieusage(100, USAGE);
	s.before = time(NULL) - (time_t)hours * 3600;
	for (; i < argc; i++) ok &= sweep_maildir(&s, argv[i]);
	return ok ? 0 : 111;
}
