/* delivery.h - one message into all its maildirs, or into none. */

#ifndef MAILDIR_DELIVERY_H
#define MAILDIR_DELIVERY_H

#include "maildir/input.h"
#include "maildir/litter.h"
#include "maildir/parcel.h"

struct trouble;

enum { DELIVERY_MAX = LITTER_MAX };

/* order is filled by the caller, in by input_open, the boxes by box_open, the accounts by account_open. */
struct delivery {
	struct order order;
	struct input in;
	struct parcel parcels[DELIVERY_MAX];
	unsigned int count; /* parcels in use, 1 to DELIVERY_MAX */
};

/*
 * Returns 1 when every parcel is published, durable, and entered in its account, or 0
 * with why when
 * every name this run published has been withdrawn; those of earlier runs with the same
 * key stay. Nothing is left in tmp/
 * either way. The signals of litter.h are held when it returns: the outcome
 * stands.
 */
extern int delivery_run(struct delivery *d, struct trouble *why);

#endif
