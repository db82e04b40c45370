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
enum { FACTS_DELETE = 1, FACTS_RENAME = 2 };
extern unsigned int facts_parent(struct session const *s, struct stat const *dir);

/*
 * "type=file;size=1; " for st to p; type is "file", "dir", "cdir" or "pdir",
 * or NULL to take it from st. Returns the new end, behind which up to 16 bytes
 * may have been written.
 */
extern char *facts_put(
    struct session *s, char *p, struct stat const *st, char const *type, unsigned int parent);

/* The text after "MLST " in FEAT, a star after each selected one, and 0. */
extern void facts_feature(struct session const *s, char *p);

/* Select the facts named in list ("type;size;"), and put the ones known to p
 * as "type;size;" and 0. */
extern void facts_select(struct session *s, char const *list, char *p);

#endif
