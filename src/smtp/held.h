/* held.h - what the monitor keeps of a transaction. */

#ifndef SMTP_HELD_H
#define SMTP_HELD_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/stralloc.h>

#include "smtp/path.h"
#include "smtp/rcptparam.h"

enum {
	RECIPIENTS_MAX = RCPTPARAM_MOST,
	HELD_DROPPED = RECIPIENTS_MAX,
	RECIPIENTS_BYTES = 120000 /* all together, so that exec never sees E2BIG */
};

struct held {
	int spool; /* the message's file, or -1 */
	int still; /* nobody can write it any more */
	char id[48];
	unsigned int count;    /* recipients, each counted once */
	unsigned int commands; /* RCPT commands accepted */
	unsigned int answered; /* of these, in LMTP */
	size_t len;
	uint32_t begin[RECIPIENTS_MAX]; /* by recipient: where it stands in text */
	uint32_t named[RECIPIENTS_MAX]; /* by command: which recipient, or HELD_DROPPED */
	char kept[RECIPIENTS_MAX];      /* by recipient: in LMTP, 1 if the program took it */
	char text[RECIPIENTS_BYTES];    /* the recipients, newline after each */
	char sender[MAILBOX_MAX];       /* with whom the policies took them */
	struct rcptparams params;       /* of the RCPT that named each first */
};

/* Close the file and forget the recipients. */
extern void held_forget(struct held *h);

/*
 * 1 if the message is, or may yet be, from sender: the policies that took its
 * recipients have seen no other one.
 */
extern int held_from(struct held *h, char const *sender);

/* 1 if there may be mailbox among no more than most recipients. */
extern int held_room(struct held const *h, char const *mailbox, unsigned int most);

/*
 * One more RCPT command was accepted, for mailbox, which is kept once however
 * often it is named, with the parameters that m has of it then. 0 when there is
 * no room, or it would be one more than most.
 */
extern int held_keep(
    struct held *h, char const *mailbox, struct monitor_message const *m, unsigned int most);

/* The same for a recipient who was accepted but gets nothing. */
extern int held_drop(struct held *h);

/*
 * Add RECIPIENTS and NRECIPIENT, RECIPIENT where there is one, and the
 * parameters of count recipients from number first on to e, each "NAME=value"
 * ended by a 0. count is not 0. 0: out of memory.
 */
extern int held_environment(
    struct held const *h, unsigned int first, unsigned int count, stralloc *e);

#endif
