/* landlock.h - the second wall: what of the file system and of TCP remains. */

#ifndef LIB_LANDLOCK_H
#define LIB_LANDLOCK_H

#include "lib/confine.h"

/*
 * Apply the files and ports of c. no_new_privs must be set. 1; 0 where the
 * kernel has no Landlock; -1 with errno set.
 */
extern int landlock_apply(struct confinement const *c);

#endif
