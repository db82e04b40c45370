/* client.h - our side of a connection to a server. */

#ifndef SMTP_CLIENT_H
#define SMTP_CLIENT_H

#include <stddef.h>

#include <skalibs/tai.h>

#include "smtp/answer.h"

enum { CLIENT_SPACE = 65536 };

enum client_lost {
	CLIENT_THERE,
	CLIENT_GONE, /* it has closed, or the connection broke */
	CLIENT_SLOW, /* nothing came, or could be written, in time */
	CLIENT_FOUL  /* what came is no reply; answer.why says why */
};

/* All zero but for the descriptors and options. */
struct client {
	int in, out;       /* non-blocking */
	unsigned int secs; /* for every phase; 0: those of RFC 5321 4.5.3.2 */
	int verbose;       /* copy the dialogue to descriptor 2 */
	int secret;        /* what is put is not copied, and wiped once it is written */
	enum client_lost lost;
	int ended; /* nothing more comes in */
	int ready; /* a whole answer is in answer, not yet given out */
	struct answer answer;
	size_t at, n; /* space[at..n) has come and is not parsed */
	size_t put;   /* commands[0..put) is not yet written */
	char space[CLIENT_SPACE];
	char commands[CLIENT_SPACE];
};

/* Phases: RFC 5321 4.5.3.2, and how long we wait for the answer to QUIT. */
enum {
	BANNER_SECS = 300,
	COMMAND_SECS = 300,
	DATA_SECS = 120,
	BLOCK_SECS = 180,
	DOT_SECS = 600,
	QUIT_SECS = 10
};

/*
 * Put the strings up to a NULL together as one command, without CRLF, which is
 * added. It waits until something is heard or sent. 0 if there is no room.
 */
extern int client_put(struct client *c, char const *const *words);

/*
 * Write what was put, then n bytes of body, taking in meanwhile what the server
 * says: two sides that write never wait for each other. secs is how long it may
 * take nothing. 1, or 0: the server takes no more, but may have said why.
 */
extern int client_send(struct client *c, char const *body, size_t n, unsigned int secs);

/* 1 if an answer, or part of one, came in while something was written. */
extern int client_interrupted(struct client const *c);

/* Write what was put and read one line: ANSWER_ON, ANSWER_WHOLE, or ANSWER_BAD with lost set. */
extern enum answer_end client_line(struct client *c, tain const *deadline);

/*
 * Write what was put and wait at most secs for a whole answer. It is valid
 * until the next call. NULL: lost says why.
 */
extern struct outcome const *client_hear(struct client *c, unsigned int secs);

/* Without waiting: 1 if there is an answer, or will never be one. */
extern int client_told(struct client *c);

/* Without waiting: 1 if anything has come behind the last answer, be it one byte, or the end. */
extern int client_more(struct client *c);

/* The deadline of a phase that begins now. */
extern void client_deadline(struct client const *c, unsigned int secs, tain *deadline);

#endif
