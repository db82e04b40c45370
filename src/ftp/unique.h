/* unique.h - names nobody has: NAME, NAME.1 to NAME.99, NAME.random; guarded: no numbers. */

#ifndef FTP_UNIQUE_H
#define FTP_UNIQUE_H

#include "ftp/upload.h"

/*
 * Make u->name the ith of the names of an upload, from 0; u->stem is how many
 * bytes the first has. 1, or 0 when there are no more.
 */
extern int unique_name(struct upload *u, unsigned int i);

/*
 * Make u->name one that is free. If reserve is set no other session that asks
 * for a unique name gets it until u, open, is published or dropped.
 */
extern void unique_choose(struct upload *u, int reserve);

/* 1 if name is what reserves another. */
extern int unique_is_reserved(char const *name);

#endif
