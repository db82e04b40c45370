/* addressee.h - the recipients, and what has become of each. */

#ifndef SMTP_ADDRESSEE_H
#define SMTP_ADDRESSEE_H

#include <stddef.h>

#include "smtp/answer.h"

enum { ADDRESSEES = 1000 /* of one run */ };

enum addressee_state {
	ADDRESSEE_WAITING,  /* for a transaction */
	ADDRESSEE_OFFERED,  /* RCPT is sent, or is about to be */
	ADDRESSEE_DEFERRED, /* one recipient too many for this transaction */
	ADDRESSEE_ACCEPTED, /* by RCPT */
	ADDRESSEE_SETTLED   /* outcome is final */
};

struct addressee {
	char const *address; /* as given */
	enum addressee_state state;
	int refused; /* outcome is what was said to its RCPT */
	struct outcome outcome;
};

struct addressees {
	size_t count;
	struct addressee one[ADDRESSEES];
};

/* What we say ourselves, where no server did. */
struct fate {
	unsigned int code;
	char const *enhanced;
	char const *text;
};

/* An outcome out of f and, unless it is NULL, something more, which is made safe. */
extern void outcome_fate(struct outcome *o, struct fate const *f, char const *more);

/* How many are in this state. */
extern size_t addressee_count(struct addressees const *all, enum addressee_state state);

/* Those in state from are in state to now. */
extern void addressee_move(
    struct addressees *all, enum addressee_state from, enum addressee_state to);

/* o is final for those in this state. */
extern void addressee_settle(
    struct addressees *all, enum addressee_state state, struct outcome const *o);

/* o is final for all who have no final outcome yet. */
extern void addressee_settle_rest(struct addressees *all, struct outcome const *o);

#endif
