/* intake.h - the way of a message from the connection into its file, by DATA or BDAT. */

#ifndef SMTP_INTAKE_H
#define SMTP_INTAKE_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/tai.h>

#include "lib/reply.h"
#include "smtp/complete.h"
#include "smtp/dot.h"
#include "smtp/fields.h"
#include "smtp/lfdot.h"

struct session;

enum { INTAKE_BLOCK = 262144, INTAKE_ID = 48 };

/* In the session; intake_open begins it anew. */
struct intake {
	int fd;               /* its file; -1: none, or lost */
	int why;              /* errno of what it was lost by, valid then: see intake_lose */
	int bare;             /* a CR or LF stood alone in it */
	char last;            /* the last byte put into it */
	struct dot dot;       /* the decoder of what comes */
	struct lfdot lf;      /* or this one, where lines end with LF */
	uint64_t octets;      /* as the client sent them, RFC 1870 5; our field does not count */
	uint64_t limit;       /* of these; 0: none */
	struct fields fields; /* its header */
	uint64_t written;     /* bytes of the file */
	uint64_t early;       /* of these: the disk has been asked to take them */
	tain began;           /* when the client could begin to send */
	tain lost;            /* when it was lost; valid then */
	uint64_t looked;      /* of octets: SIGTERM has been looked for */
	size_t n;             /* bytes that wait in the block for a large write */
	char id[INTAKE_ID];
};

/* Why no more of it comes. */
enum intake_end {
	INTAKE_MORE,    /* it does */
	INTAKE_EOF,     /* the client has gone */
	INTAKE_TIMEOUT, /* nothing came in SMTP_TIMEOUT seconds */
	INTAKE_ENDED,   /* we were told to end: SIGTERM */
	INTAKE_SLOW,    /* under 100 bytes a second after a minute */
	INTAKE_CR,      /* a CR where lines end with LF */
	INTAKE_AHEAD,   /* there, something follows the end of the data */
	INTAKE_BIG      /* lost, and as much again as the limit was drained, or ten minutes long */
};

/* 1 if nothing of the message may be changed, line ends neither: BODY=BINARYMIME, RFC 3030 3. */
extern int intake_binary(struct session const *s);

/* Begin without a file: what comes is drained within the same bounds. */
extern void intake_none(struct session *s);

/* Keep fd, now ours, for the message to come; its ID is in s->message. */
extern void intake_ahead(struct session *s, int fd);

/*
 * Begin in that file, else in one the monitor is asked for, and put our field into it.
 * NULL, or the reply that says why not.
 */
extern struct reply const *intake_open(struct session *s);

/* Put our fields before all else. */
extern void intake_head(struct session *s);

/*
 * Where the next decoded bytes go: *room of them and one more, which a decoder
 * may have held back. Then intake_put says how many they were: all of a message
 * passes there, in order, whichever way it came. s->intake.octets is counted by
 * the caller before it.
 */
extern char *intake_space(struct session *s, size_t *room);
extern void intake_put(struct session *s, size_t n);

/* All has come: if SMTP_COMPLETE asks for it, the header gets what it lacks. */
extern void intake_complete(struct session *s);

/* Write what waits in the block. */
extern void intake_flush(struct session *s);

/*
 * Nothing more is kept, what comes is drained. why is an errno; EFBIG: over the
 * limit; EILSEQ: a CR or LF alone, with SMTP_BARE; ELOOP: too many hops.
 */
extern void intake_lose(struct intake *t, int why);

/* The reply to a message that was lost on the way. */
extern struct reply const *intake_lost(struct intake const *t);

/* The same, being told to the client: it is logged and counted as a message. */
extern struct reply const *intake_give_up(struct session *s);

/*
 * What waits in s->in is taken only within these: not too slow, not drained for too
 * long, not told to end. INTAKE_MORE, INTAKE_SLOW, INTAKE_BIG or INTAKE_ENDED.
 */
extern enum intake_end intake_bounds(struct session *s);

/* Wait until there is more in s->in, within these and SMTP_TIMEOUT. */
extern enum intake_end intake_wait(struct session *s);

/*
 * The message is whole, or was lost on the way: have the program run, or say why
 * not. Every outcome ends the transaction.
 */
extern struct reply const *intake_finish(struct session *s);

/* Close the file, if it is open. */
extern void intake_drop(struct intake *t);

#endif
