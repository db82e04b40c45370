/* held.h - what the monitor keeps of a transaction. */

#ifndef SMTP_HELD_H
#define SMTP_HELD_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/stralloc.h>

enum {
	RECIPIENTS_MAX = 10000,
	RECIPIENTS_BYTES = 120000 /* all together, so that exec never sees E2BIG */
};

struct held {
	int spool; /* the message's file, or -1 */
	char id[48];
	unsigned int count;    /* recipients, each counted once */
	unsigned int commands; /* RCPT commands accepted */
	size_t len;
	uint32_t begin[RECIPIENTS_MAX]; /* by recipient: where it stands in text */
	uint32_t named[RECIPIENTS_MAX]; /* by command: which recipient */
	char text[RECIPIENTS_BYTES];    /* the recipients, newline after each */
};

/* Close the file and forget the recipients. */
extern void held_forget(struct held *h);

/*
 * One more RCPT command was accepted, for mailbox, which is kept once however
 * often it is named. 0 when there is no room, or it would be one more than most.
 */
extern int held_keep(struct held *h, char const *mailbox, unsigned int most);

/*
 * Add RECIPIENTS and NRECIPIENT, and RECIPIENT where there is one, to e, each
 * "NAME=value" ended by a 0. There must be a recipient. 0: out of memory.
 */
extern int held_environment(struct held const *h, stralloc *e);

#endif
