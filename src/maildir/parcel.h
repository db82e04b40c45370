/* parcel.h - one message on its way into one maildir. */

#ifndef MAILDIR_PARCEL_H
#define MAILDIR_PARCEL_H

#include <stdint.h>
#include <sys/types.h>

#include "maildir/account.h"
#include "maildir/box.h"
#include "maildir/fields.h"
#include "maildir/header.h"
#include "maildir/name.h"

struct input;
struct key;
struct trouble;

enum parcel_state {
	PARCEL_NONE,    /* nothing of it exists */
	PARCEL_ADOPTED, /* the input itself, synced, still without a name */
	PARCEL_TMP,     /* a whole, synced file in tmp/ */
	PARCEL_SHARED,  /* the file of another parcel, ADOPTED or TMP: no name of its own yet */
	PARCEL_OUT,     /* published: it has its name in new/ or cur/ */
	PARCEL_THERE    /* published by an earlier run with the same key: it stays */
};

struct parcel {
	struct box box;
	struct account account;
	struct name name; /* base is set once the state is not NONE, full once it is OUT */
	enum parcel_state state;
	struct parcel const *from; /* whose file it was to share, else NULL */
	struct recipient to;       /* who it is for, where templates say so */
	size_t ahead;              /* bytes of fields before the message */
	uint64_t size, wire;       /* of the file; wire is 0 where the body was not read */
};

/* What is the same for all parcels of a run, and what was learned on the way. */
struct order {
	mode_t mode;           /* of the file */
	int empty;             /* an empty message will do */
	int strict;            /* a directory that cannot be synced will not do */
	int verbose;           /* warn of what does not matter */
	char const *info;      /* ":2," and flags, or "" */
	char const *host;      /* from name_host */
	struct key const *key; /* makes the published name, or NULL */
	int fields;            /* that go before the message (fields.h) */
	struct header header;

	unsigned int made; /* names so far */
	uint64_t file_us;  /* spent syncing files */
	uint64_t dir_us;   /* and directories */
};

/* 1 if the file will not be the message as it is, or the message is to be looked at. */
extern int order_changes(struct order const *order);

enum parcel_result {
	PARCEL_DONE,
	PARCEL_REFUSED, /* the filesystem will not have it that way: copy */
	PARCEL_FAILED   /* why has been set */
};

/*
 * Look for what an earlier run with the same key has published: state THERE, its name
 * in name.full, its directory in box. DONE, FAILED, or REFUSED when there is nothing: in
 * new or cur by the beginning of the name when this is another try, else by the whole
 * name, if the size of the file is known beforehand.
 */
extern enum parcel_result parcel_find(
    struct parcel *p, struct order const *order, struct input const *in, struct trouble *why);

/* 1 if a file has the name name.full where it is published. */
extern int parcel_is_there(struct parcel const *p);

/* 1 if the name that a key makes for a file of this size is taken: by an earlier run. */
extern int parcel_is_taken(struct parcel const *p, struct order const *order, uint64_t size);

/*
 * Write the message to tmp/ and sync it: the state becomes TMP, and
 * size, wire and ahead are set. DONE or FAILED. After a
 * failure the file is litter (litter.h).
 */
extern enum parcel_result parcel_copy(
    struct parcel *p, struct order *order, struct input *in, struct trouble *why);

/*
 * Make the input itself the file, if it is a regular file of ours on the
 * maildir's filesystem that has no name (link count 0), and nothing in it is
 * to be changed or looked for: sync it, set size, state ADOPTED. FAILED if syncing fails: what the kernel could
 * not write once must not be trusted twice.
 */
extern enum parcel_result parcel_adopt(
    struct parcel *p, struct order *order, struct input const *in, struct trouble *why);

/*
 * Let it have the file of another parcel, ADOPTED or TMP: state SHARED. REFUSED
 * unless the other maildir is on the same device, has the same owner, and is to
 * get the same fields.
 */
extern enum parcel_result parcel_share(
    struct parcel *p, struct order *order, struct parcel const *from, struct trouble *why);

/*
 * Publish a parcel that is ADOPTED (from the input in), TMP or SHARED, while the
 * one it shares with is not published. It is durable only after parcel_sync. Where the
 * name of a key is taken the state becomes THERE: DONE too. REFUSED for one without a file in its own tmp/, and then it is NONE.
 */
extern enum parcel_result parcel_publish(
    struct parcel *p, struct order const *order, struct input const *in, struct trouble *why);

/*
 * Sync the directory of a parcel that is OUT or THERE. DONE, FAILED, or REFUSED with why
 * for one that is THERE no more.
 */
extern enum parcel_result parcel_sync(
    struct parcel const *p, struct order *order, struct trouble *why);

/* Remove the name, if this run published it. Returns 0 if it is there and stays. */
extern int parcel_withdraw(struct parcel *p);

#endif
