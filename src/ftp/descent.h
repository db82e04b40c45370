/* descent.h - LIST -R: from one directory to the next one below. */

#ifndef FTP_DESCENT_H
#define FTP_DESCENT_H

#include <stdint.h>

struct session;

enum { DESCENT_MOST = 32 /* levels below the directory asked for */ };

struct descent {
	unsigned int depth;
	int64_t next[DESCENT_MOST + 1]; /* per level: where in the directory to look on */
};

/*
 * Make the next directory below s->listing's the one that is listed, depth
 * first, symbolic links not followed. 0 when there is none, or, with
 * entries.failed set, when the way there is lost.
 */
extern int descent_next(struct session *s);

#endif
