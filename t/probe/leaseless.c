/* A file system that never tells whether somebody could write a file. */

#include "lib/seal.h"

extern int __real_seal_proven(int *fd);
extern int __wrap_seal_proven(int *fd);

int
__wrap_seal_proven(int *fd)
{
	(void)__real_seal_proven(fd);
	return 0;
}
