/* facts.h - the facts of MLST and MLSD: RFC 3659 7.5. */

#ifndef FTP_FACTS_H
#define FTP_FACTS_H

#include <sys/stat.h>

struct session;

/* In the order in which they are written. */
enum {
	FACT_TYPE = 1,
	FACT_SIZE = 2,
	FACT_MODIFY = 4,
	FACT_PERM = 8,
	FACT_UNIQUE = 16,
	FACT_MODE = 32,
	FACT_UID = 64,
	FACT_GID = 128,
	FACT_DEFAULT = 63,
	FACT_ALL = 255
};

/* What the directory that holds a thing allows with it: bits of FACTS_. */
enum {
	FACTS_WRITE = 1, /* names may come and go */
	FACTS_STICKY = 2 /* but go only if the thing is the session's own */
};
extern unsigned int facts_parent(struct session const *s, struct stat const *dir);

/* One thing that has facts. */
struct facts {
	char const *type;          /* "cdir", "pdir", or NULL: what st says */
	struct stat const *st;     /* a symbolic link's own if it is shown as one */
	struct stat const *target; /* where that leads, or NULL; else st */
	unsigned int parent;       /* facts_parent of its directory */
};

enum { FACTS_SPACE = 256 /* for all of them */ };

/*
 * "type=file;size=1; " to p. Returns the new end, behind which up to 16 bytes
 * may have been written.
 */
extern char *facts_put(struct session *s, char *p, struct facts const *f);

/* The text after "MLST " in FEAT, a star after each selected one, and 0. */
extern void facts_feature(struct session const *s, char *p);

/* Select the facts named in list ("type;size;"), and put the ones known to p
 * as "type;size;" and 0. */
extern void facts_select(struct session *s, char const *list, char *p);

#endif
