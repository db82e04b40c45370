/* candidate.h - a recipient on its way through the policies, in the monitor. */

#ifndef SMTP_CANDIDATE_H
#define SMTP_CANDIDATE_H

#include <stddef.h>

#include "lib/child.h"
#include "smtp/path.h"

struct session;

/* What a policy says; all but OK end the way. */
enum recipient {
	RECIPIENT_OK,
	RECIPIENT_DROP,    /* accepted, and nobody gets it */
	RECIPIENT_CLOSED,  /* no policy accepts anything */
	RECIPIENT_ROUTED,  /* % ! or @ in the local part */
	RECIPIENT_FOREIGN, /* not ours */
	RECIPIENT_LISTED,  /* the client is on a list, for now */
	RECIPIENT_BANNED,  /* the client is, for good */
	RECIPIENT_SENDER,  /* the sender is on a list */
	RECIPIENT_UNKNOWN, /* the program refuses it */
	RECIPIENT_MANY,
	RECIPIENT_LATER /* it cannot be checked now */
};

enum { CANDIDATE_MAILBOX = 1024 };

struct candidate {
	char mailbox[CANDIDATE_MAILBOX]; /* as policy has completed it */
	size_t local;                    /* length of the local part */
	int bare;                        /* no domain was given */
	char const *sender;              /* mailbox, or "" */
	char const *helo;
	char text[CHILD_LINE]; /* what the reply is to say, or "" */
};

/* The policies, each by itself. They log what keeps them from answering. */
typedef enum recipient policy_answer(struct session *s, struct candidate *c);
extern policy_answer path_policy;   /* SMTP_PERCENT */
extern policy_answer host_policy;   /* SMTP_ANY, RCPTHOSTS, RELAYCLIENT */
extern policy_answer client_policy; /* RBLSMTPD */
extern policy_answer sender_policy; /* BADMAILFROM */

/* 1 for postmaster, with or without a domain: RFC 5321 4.5.1. */
extern int candidate_postmaster(struct candidate const *c);

/* DEFAULTDOMAIN where no domain was given, RELAYCLIENT's suffix. 0: no room. */
extern int candidate_complete(struct session const *s, struct candidate *c);

#endif
