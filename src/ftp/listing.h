/* listing.h - what a listing is of: one directory, one file or one pattern. */

#ifndef FTP_LISTING_H
#define FTP_LISTING_H

#include "ftp/descent.h"
#include "ftp/entries.h"
#include "ftp/longline.h"
#include "ftp/options.h"
#include "ftp/path.h"
#include "lib/reply.h"

struct session;

enum listing_form { LISTING_LONG, LISTING_NAMES, LISTING_FACTS };

enum {
	LISTING_LINE = 2 * PATH_SPACE + 512, /* longest line with its end */
	LISTING_STAT = 1000                  /* most lines over the control connection */
};

struct listing {
	enum listing_form form;
	struct options options;    /* LISTING_FACTS: dots, and self for cdir and pdir */
	int alone;                 /* one line for s->path itself */
	int done;                  /* 0 to 2 of the lines of options.self are out */
	int dir;                   /* the directory, or -1 */
	char const *pattern;       /* or NULL */
	char shown[PATH_SPACE];    /* what a name is shown after, or the name when alone */
	char base[PATH_SPACE + 1]; /* the directory's path, with '/' at its end */
	struct entries entries;
	size_t len; /* of the name that was taken last */
	struct longline longline;
	struct descent descent;
	int headed;          /* LIST -R: the line that names the directory is out */
	unsigned int looks;  /* so many names may be passed over at once; 0: any number */
	int paused;          /* so many were: there may be more */
	unsigned int parent; /* facts_parent of the directory */
};

/*
 * Open the listing that arg asks for: options (not for LISTING_FACTS), then a
 * path or a pattern. NULL, or the refusal, with nothing left open.
 */
extern struct reply const *listing_open(struct session *s, enum listing_form form, char *arg);

/* Begin with the directory l->dir, which has just been opened or rewound: 1, or
 * 0. What it allows is in l->parent. */
extern int listing_begin(struct session *s);

extern void listing_close(struct session *s);

#endif
