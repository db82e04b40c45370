/* options.h - the command line of maildir-deliver. */

#ifndef MAILDIR_OPTIONS_H
#define MAILDIR_OPTIONS_H

#include <stdint.h>

#include "maildir/quota.h"

/* Room for ":2," and every flag once, its 0 included. */
#define OPTIONS_INFO 16

struct options {
	char info[OPTIONS_INFO];    /* ":2," and flags: deliver to cur; empty: to new */
	unsigned int mode;          /* of the file */
	unsigned int secs;          /* 0: no deadline */
	uint64_t max;               /* bytes, 0: no limit */
	char const *folder;         /* Maildir++, or NULL */
	char const *key;            /* of a delivery that may be tried again, or NULL */
	int fields;                 /* before the message (fields.h) */
	struct quota quota;         /* if limited */
	char const *trigger;        /* fifo, or NULL */
	int loop, unfrom;           /* looked for in the header */
	int limited, full_for_good; /* what a quota is, what over it means */
	int check, empty, expand, framed, make, strict, sysexits, verbose;
};

/*
 * Set o, defaults first. Returns the index of the first operand, or 0 when
 * an option is unknown or its value bad; all others have been set then too, so
 * that sysexits is right for the exit to come.
 */
extern int options_parse(struct options *o, int argc, char const *const *argv);

#endif
