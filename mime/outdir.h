/* outdir.h - new files in one directory, whole or not at all. Not part of the pure library. */

#ifndef MIME_OUTDIR_H
#define MIME_OUTDIR_H

#include <sys/types.h>

#include "mime/fname.h"
#include "mime/known.h"

/* Longest name that mime_outdir_publish makes, with its 0. */
#define MIME_OUTDIR_NAME (MIME_FNAME_MAX + 12)

struct mime_outdir {
	int dir;
	mode_t mode; /* of new files */
	int replace; /* an existing file of the name may go, but for those made here */
	int keep;    /* a file of the name and with the same bytes already is what is wanted */
	int sync;    /* fsync the file and the directory */
	struct mime_known known; /* of names and files: see mime_outkeep_key */
	struct mime_known made;  /* for replace: names that were given */
};

/* A file that has not got its name yet. */
struct mime_newfile {
	int fd;        /* -1 if there is none */
	char temp[64]; /* its temporary name, empty if none */
};

/* Open dir, following a symbolic link. Returns 1, or 0 with errno set. */
extern int mime_outdir_open(struct mime_outdir *o, char const *dir);

/* Create a file under a temporary name. Returns as above. */
extern int mime_outdir_begin(struct mime_outdir const *o, struct mime_newfile *f);

enum mime_published {
	MIME_PUBLISHED_NOT,    /* errno says why */
	MIME_PUBLISHED,        /* by link(2), or a rename that replaces nothing or was asked to */
	MIME_PUBLISHED_LATER,  /* where there is neither: an empty file had the name for a moment */
	MIME_PUBLISHED_BEFORE, /* the same file was there */
	MIME_PUBLISHED_NONE    /* all names are taken */
};

/*
 * Close the file and give it its name. An existing name is never touched, unless
 * replace is set, and then not one that was given here: a free one of "stem~2.ext"
 * to ~9999 is taken instead.
 * name is the result of mime_fname; out, MIME_OUTDIR_NAME bytes, gets the name
 * it has. The temporary file is gone in all cases.
 */
extern enum mime_published mime_outdir_publish(
    struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out);

/* Remove what has not been published. */
extern void mime_outdir_discard(struct mime_outdir const *o, struct mime_newfile *f);

/* Remove its temporary name, and nothing else. Async-signal-safe. */
extern void mime_outdir_drop(struct mime_outdir const *o, struct mime_newfile const *f);

#endif
