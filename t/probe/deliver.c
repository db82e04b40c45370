/*
 * maildir-deliver that leaves a sync out, for the tests that must notice: SKIP=n is
 * the n-th fsync(2) that only says it was done. And one whose file server answers
 * wrongly: with LOST=EEXIST or LOST=EIO every linkat(2) is done and says that it
 * was not, as over NFS, where a request is sent again because its answer was lost.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <skalibs/types.h>

/* What --wrap makes of the calls' names. */
extern int __real_fsync(int fd);
extern int __wrap_fsync(int fd);
extern int __real_linkat(int from, char const *old, int to, char const *new, int flags);
extern int __wrap_linkat(int from, char const *old, int to, char const *new, int flags);

int
__wrap_fsync(int fd)
{
	static unsigned int nth;
	char const *s = getenv("SKIP");
	unsigned int skip = 0;

	if (s != NULL) uint0_scan(s, &skip);
	return ++nth == skip ? 0 : __real_fsync(fd);
}

int
__wrap_linkat(int from, char const *old, int to, char const *new, int flags)
{
	char const *lost = getenv("LOST");
	int r = __real_linkat(from, old, to, new, flags);

	if (lost == NULL || r == -1) return r;
	errno = strcmp(lost, "EEXIST") == 0 ? EEXIST : EIO;
	return -1;
}
