/* All or nothing: write every file, publish every file, sync every directory. */

#include <fcntl.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "maildir/delivery.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

enum { MOVES = 10 };

/* The parcel whose file a later one shares or copies; NULL if there is no file yet. */
static struct parcel const *
earlier(struct delivery const *d, struct parcel const *p)
{
	struct parcel const *first = NULL;
	struct parcel const *q;

	for (q = d->parcels; q < p; q++) {
		if (q->state == PARCEL_THERE) continue;
		if (q->box.dev == p->box.dev && q->box.owner == p->box.owner) return q;
		if (first == NULL) first = q;
	}
	return first;
}

/* The message has been read once; read it again from where it was stored. */
static enum parcel_result
copy_again(struct delivery *d, struct parcel *p, struct parcel const *from, struct trouble *why)
{
	struct order order = d->order;
	struct input in;
	int fd = from->state == PARCEL_ADOPTED
	    ? d->in.fd
	    : openat(from->box.tmp, from->name.base, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	enum parcel_result r;

	if (fd == -1) {
		trouble_sys(why, &v_local, "read again from tmp of", from->box.path);
		return PARCEL_FAILED;
	}
	if (!input_open(&in, fd, 0, 0, why)) return PARCEL_FAILED;
	/* Nothing is left to look for in it but its end. */
	order.header = (struct header){ 0 };
	in.at = from->ahead;
	r = parcel_copy(p, &order, &in, why);
	d->order.made = order.made;
	d->order.file_us = order.file_us;
	if (fd != d->in.fd) close(fd);
	return r;
}

/* 1 if the size is what fstat said: nothing is put before the message, or left out of it. */
static int
size_known(struct delivery const *d)
{
	return input_is_file(&d->in) && !d->order.fields && !d->order.header.unfrom;
}

/* What is there already has been admitted once. */
static int
admit(struct delivery const *d, int known, struct trouble *why)
{
	struct parcel const *p;

	for (p = d->parcels; p < d->parcels + d->count; p++) {
		uint64_t size = known ? (uint64_t)d->in.st.st_size : p->size;

		if (p->state == PARCEL_THERE || parcel_is_taken(p, &d->order, size)) continue;
		if (!account_admit(&p->account, size, why)) return 0;
	}
	return 1;
}

static int
prepare(struct delivery *d, struct parcel *p, struct trouble *why)
{
	struct parcel const *from = earlier(d, p);
	enum parcel_result r;

	if (p->state == PARCEL_THERE) return 1;
	if (from == NULL) {
		r = parcel_adopt(p, &d->order, &d->in, why);
		if (r == PARCEL_REFUSED) r = parcel_copy(p, &d->order, &d->in, why);
	} else {
		r = parcel_share(p, &d->order, from, why);
		if (r == PARCEL_REFUSED) r = copy_again(d, p, from, why);
	}
	return r == PARCEL_DONE;
}

/* A file without a name in its own tmp/ that the kernel will not link is copied after all. */
static int
publish(struct delivery *d, struct parcel *p, struct trouble *why)
{
	enum parcel_result r = parcel_publish(p, &d->order, &d->in, why);

	if (r == PARCEL_REFUSED) {
		r = p->from != NULL ? copy_again(d, p, p->from, why)
		                    : parcel_copy(p, &d->order, &d->in, why);
		if (r == PARCEL_DONE) r = parcel_publish(p, &d->order, &d->in, why);
	}
	return r == PARCEL_DONE;
}

/* One that was there and is elsewhere now is looked for again, where that was asked. */
static int
settle(struct delivery *d, struct parcel *p, struct trouble *why)
{
	enum parcel_result r = parcel_sync(p, &d->order, why);
	int i;

	for (i = 0; r == PARCEL_REFUSED && i < MOVES; i++) {
		r = parcel_find(p, &d->order, &d->in, why);
		if (r != PARCEL_DONE) return 0;
		r = parcel_sync(p, &d->order, why);
	}
	return r == PARCEL_DONE;
}

static int
run(struct delivery *d, struct trouble *why)
{
	struct parcel *end = d->parcels + d->count;
	struct parcel *p;
	int known = size_known(d);

	for (p = d->parcels; p < end; p++)
		if (parcel_find(p, &d->order, &d->in, why) == PARCEL_FAILED) return 0;
	if (known && !admit(d, known, why)) return 0;
	for (p = d->parcels; p < end; p++)
		if (!prepare(d, p, why)) return 0;
	/* Whoever writes to a pipe takes it for a failure when nobody reads. */
	if (earlier(d, end) == NULL) input_drain(&d->in);
	if (!known && !admit(d, known, why)) return 0;
	/* From here to the outcome no signal may come in between. */
	litter_hold(NULL);
	/* Last to first: what others share keeps its name in tmp/ until they have theirs. */
	for (p = end; p-- > d->parcels;)
		if (p->state != PARCEL_THERE && !publish(d, p, why)) return 0;
	for (p = d->parcels; p < end; p++)
		if (!settle(d, p, why)) return 0;
	return 1;
}

static void
enter(struct delivery const *d)
{
	struct parcel const *p;

	for (p = d->parcels; p < d->parcels + d->count; p++)
		if (p->state == PARCEL_OUT) account_enter(&p->account, p->size);
}

static void
withdraw(struct delivery *d)
{
	unsigned int i;

	for (i = 0; i < d->count; i++)
		if (!parcel_withdraw(&d->parcels[i]))
			strerr_warnwusys("withdraw a message from ", d->parcels[i].box.path);
}

int
delivery_run(struct delivery *d, struct trouble *why)
{
	int ok = run(d, why);

	litter_hold(NULL);
	if (!ok) withdraw(d);
	if (litter_remove() > 0 && d->order.verbose)
		strerr_warnw("a file remains in tmp of ", d->parcels[0].box.path, " or another");
	if (ok) enter(d);
	return ok;
}
