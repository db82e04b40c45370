/* entry.h - what of a directory is shown: names, and what is known of them. */

#ifndef FTP_ENTRY_H
#define FTP_ENTRY_H

#include <sys/stat.h>

struct session;

/*
 * The next name of s->listing's directory that is to be shown, and its status;
 * for LISTING_NAMES, and for LISTING_FACTS with the type alone, no more than its
 * type. NULL at the end, where the directory cannot be read, and after
 * s->listing.looks names that are not to be shown: then s->listing.paused is
 * set. Valid until the next call.
 */
extern char const *entry_next(struct session *s, struct stat *st);

/* The next one that is a directory itself, no symbolic link to one. */
extern char const *entry_directory(struct session *s);

/* Sort s->listing's entries as its options say, if they are sorted at all, and
 * begin again. */
extern void entry_order(struct session *s);

#endif
