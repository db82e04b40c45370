/* entry.h - what of a directory is shown: names, and what is known of them. */

#ifndef FTP_ENTRY_H
#define FTP_ENTRY_H

#include <sys/stat.h>

struct session;

/*
 * The next name of s->listing's directory that is to be shown, and its status;
 * for LISTING_NAMES st is not set. NULL at the end, or where the directory
 * cannot be read. Valid until the next call.
 */
extern char const *entry_next(struct session *s, struct stat *st);

/* Sort s->listing's entries as its options say, if they are sorted at all, and
 * begin again. */
extern void entry_order(struct session *s);

#endif
