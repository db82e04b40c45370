/* control.h - the control connection: lines in, replies out. */

#ifndef FTP_CONTROL_H
#define FTP_CONTROL_H

#include <skalibs/buffer.h>
#include <skalibs/tai.h>

#include "ftp/telnet.h"
#include "lib/connection.h"
#include "lib/line.h"
#include "lib/reply.h"

struct session;

enum {
	CONTROL_LINE = 4096,  /* longest command with its end */
	CONTROL_QUEUE = 7424, /* bytes read ahead */
	CONTROL_REPLY = 1024  /* gathered for one write */
};

struct control {
	struct telnet telnet;
	struct line line; /* the command being read */
	size_t at;        /* the first byte of queue to use */
	size_t len;       /* the end of queue */
	buffer out;
	unsigned int begun; /* of the two bytes that show TLS, how many came; 2: decided */
	int drained;        /* the last read took all there was */
	struct connection connection; /* prepared by who starts */
	char space[CONTROL_REPLY];    /* the bytes of out */
	char text[CONTROL_LINE];      /* the bytes of line */
	char queue[CONTROL_QUEUE];    /* read, telnet taken out, not yet in line */
};

extern void control_start(struct control *c);

/* Descriptors 0 and 1 are others now: what was read before is no part of them. */
extern void control_secure(struct control *c);

/*
 * The next command, in line, telnet bytes before the verb not yet removed.
 * Replies are flushed only when there is nothing left to read. LINE_ERROR with
 * EPROTO: the peer speaks TLS.
 */
extern enum line_end control_line(struct control *c, tain const *deadline);

/*
 * Read what there is without waiting, up to a bound, and act on the lines that
 * may be served while a transfer runs, those read before too; others stay
 * queued, in order. Replies are flushed; then S_GONE is set if the peer has gone.
 * The end of what no peer sends, a file or a pipe, says nothing of the kind.
 */
extern void control_attend(struct session *s);

/* 0 if the queue is full: reading more must wait for the end of the transfer. */
extern int control_has_room(struct control const *c);

/*
 * Say r. 227 and 229 leave in a write of their own, because the kernel's NAT
 * helper drops packets in which it finds only part of one. S_GONE is set when
 * the peer is lost. NULL says nothing.
 */
extern void control_say(struct session *s, struct reply const *r);

/* A line before the last one, and one of a body: reply_lead and reply_body. */
extern void control_lead(struct session *s, unsigned int code, char const *text);
extern void control_body(struct session *s, char const *text);

/* Put bytes as they are; flush. */
extern void control_put(struct session *s, char const *text, size_t n);
extern void control_flush(struct session *s);

/* Everything out, then let the peer see it before the connection is reset. */
extern void control_close(struct session *s);

#endif
