/* transfer.h - moving bytes over a data connection, the control one being served. */

#ifndef FTP_TRANSFER_H
#define FTP_TRANSFER_H

#include <stdint.h>

#include <skalibs/tai.h>

#include "lib/reply.h"

struct session;

/* What a wait ended with. */
enum wake { WAKE_READY, WAKE_TIMEOUT, WAKE_ABORT, WAKE_GONE };

/*
 * Wait until fd is ready for events (of poll(2); fd may be -1) or the deadline
 * has come, and serve the control connection all the while. WAKE_ABORT: the
 * client said ABOR. WAKE_GONE: the control connection ended; from then on only
 * fd is waited for.
 */
extern enum wake transfer_wait(struct session *s, int fd, short events, tain const *deadline);

/*
 * One step of a transfer. It does not wait, and takes some milliseconds at most:
 * between two of them the control connection is served. It moves at most what
 * flow_most allows, tells flow_moved what it moved, and ends with
 * STEP_MORE when nothing is allowed.
 */
enum step {
	STEP_MORE,   /* the data connection is not ready: come again when it is */
	STEP_AGAIN,  /* bytes moved, and there may be more: come again */
	STEP_END,    /* all is sent, or all has come */
	STEP_BROKEN, /* the data connection failed */
	STEP_FAILED  /* s->transfer.failure says why */
};
typedef enum step transfer_step(struct session *s);

enum transfer_end {
	TRANSFER_DONE,
	TRANSFER_NO_DATA, /* no data connection came about: 425 */
	TRANSFER_CLEAR,   /* it may not be without TLS: 522, and the two that follow */
	TRANSFER_NO_TLS,
	TRANSFER_FOREIGN, /* TLS began, but with whom? */
	TRANSFER_CUT,     /* no close_notify came: RFC 8446 6.1 */
	TRANSFER_BROKEN,
	TRANSFER_STALLED,
	TRANSFER_FAILED,
	TRANSFER_ABORTED,
	TRANSFER_EXPIRED, /* FTP_MAXTIME */
	TRANSFER_GONE
};

struct transfer {
	int data;          /* the data connection; valid inside transfer_run */
	int opened;        /* 150 has been said */
	int receiving;     /* for STAT */
	int active;        /* for the log */
	int sized;         /* total is known */
	int brief;         /* fewer bytes came than ALLO had said */
	int inplace;       /* the target itself was written */
	unsigned int code; /* of the reply about it where that is not the last one, or 0 */
	uint64_t rest;     /* where in the file it began */
	uint64_t done;     /* bytes moved on the data connection */
	uint64_t total;
	tain began;
	struct reply const *failure;
};

/*
 * Say opening (a 150), open the data connection, take steps until the end, and
 * close it: after sending gracefully, after a failure by a reset, so that the
 * peer cannot take a part for the whole. events is POLLIN to receive, POLLOUT
 * to send. The caller has set total and the like; done starts at 0.
 */
extern enum transfer_end transfer_run(
    struct session *s, struct reply const *opening, short events, transfer_step *step);

/*
 * The final reply for an end; complete is the one for TRANSFER_DONE. After an
 * ABOR the 426 is queued here, and the 226 to ABOR itself returned.
 */
extern struct reply const *transfer_reply(
    struct session *s, enum transfer_end end, struct reply const *complete);

#endif
