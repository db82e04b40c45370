/*
 * maildir-deliver that leaves a sync out, for the tests that must notice:
 * SKIP=n is the n-th fsync(2) that only says it was done.
 */

#include <stdlib.h>

#include <skalibs/types.h>

/* What --wrap makes of the call's name. */
extern int __real_fsync(int fd);
extern int __wrap_fsync(int fd);

int
__wrap_fsync(int fd)
{
	static unsigned int nth;
	char const *s = getenv("SKIP");
	unsigned int skip = 0;

	if (s != NULL) uint0_scan(s, &skip);
	return ++nth == skip ? 0 : __real_fsync(fd);
}
