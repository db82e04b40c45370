/* session.h - all that one SMTP session knows. */

#ifndef SMTP_SESSION_H
#define SMTP_SESSION_H

#include <stdint.h>

#include <skalibs/buffer.h>
#include <skalibs/tai.h>

#include "lib/connection.h"
#include "lib/line.h"
#include "lib/monitor.h"
#include "lib/note.h"
#include "lib/peer.h"
#include "lib/policy.h"
#include "lib/reply.h"
#include "lib/starttls.h"
#include "lib/verb.h"
#include "smtp/extensions.h"
#include "smtp/held.h"
#include "smtp/intake.h"
#include "smtp/login.h"
#include "smtp/param.h"
#include "smtp/path.h"
#include "smtp/policies.h"
#include "smtp/rcptcheck.h"

enum {
	LINE_BYTES = 4096,   /* command line with CRLF; RFC 5321 4.5.3.1.4 asks 512 */
	INPUT_BYTES = 65537, /* one more than it holds: skalibs buffers are circular */
	OUTPUT_BYTES = 4097,
	HELO_BYTES = 256,
	ERRORS_SLOW = 10, /* from here on each error costs a second */
	ERRORS_MAX = 20,
	REFUSED_MAX = 50,  /* recipients refused in a session */
	IDLE_MAX = 100,    /* commands without a step towards a message */
	PROBE_COMMANDS = 2 /* a session of no more, without MAIL, is a probe */
};

/* State bits. */
enum {
	S_HELO = 1,        /* greeted, either way */
	S_EHLO = 2,        /* with EHLO: enhanced codes and parameters */
	S_MAIL = 4,        /* a transaction has begun */
	S_RCPT = 8,        /* and has a recipient */
	S_TRIED = 16,      /* a recipient was named in it, good or bad */
	S_CLOSE = 32,      /* the session ends after this reply */
	S_BDAT = 64,       /* the first chunk of the message has come */
	S_FAILED = 128,    /* and the message is lost: chunks are thrown away up to the last */
	S_JUNK = 256,      /* the client does not speak SMTP */
	S_LATCHED = 512,   /* SMTP_LATCH: it is settled how lines end */
	S_LF = 1024,       /* with LF */
	S_QUIT = 2048,     /* the client said QUIT */
	S_GONE = 4096,     /* it says no more: end of input */
	S_TERM = 8192,     /* we were told to end */
	S_REFUSED = 16384, /* greeted with 554: only QUIT is left */
	S_TLS = 32768,     /* nobody reads along: src/smtp/tls.h; in both processes */
	S_AUTH = 65536,    /* somebody has logged in; in both processes */
	S_BEGIN = 131072   /* TLS begins behind the reply */
};

/* The transaction; envelope_reset is its one end. */
struct transaction {
	tain began; /* when MAIL came */
	struct path from;
	struct param param;
	char to[1024];           /* the recipient, if there is one; else "" */
	char typed[LINE_BYTES];  /* the reverse-path as it was typed */
	char words[LINE_BYTES];  /* what the strings of param point into */
	unsigned int surplus;    /* refused because there were enough */
	unsigned int recipients; /* accepted, that get the message */
	unsigned int commands;   /* RCPT accepted */
};

/*
 * Memory counts when it is touched, page by page: what an idle session uses comes
 * first and close together, up to the head of held; what is long comes after it.
 */
struct session {
	/* connection */
	struct peer peer;
	struct starttls tls;
	int startable;  /* TLS can begin, if it is not on; in both processes */
	int socket;     /* 0 and 1 are one, of TCP or what TLS comes out of */
	int tls_socket; /* they will be, once it has begun */
	int waits;      /* behind 0 is a client that should wait for replies, no file or pipe */
	struct policy_value policy[SMTP_POLICIES];
	struct extensions extensions;
	char const *name; /* ours */
	char host[256];   /* room for it */
	struct connection connection;
	buffer in;
	buffer out;
	struct line line;
	tain deadline; /* of the command being waited for */
	tain last;     /* of the session, valid with S_REFUSED */
	struct monitor monitor;
	char const *const *program;
	int queue; /* which has the interface of qmail-queue */
	int lmtp;  /* RFC 2033 */
	unsigned int state;
	int failed;      /* the session ends badly: exit 1 */
	char const *why; /* it ends, for the log; NULL while it goes on */
	tain began;
	int known;  /* more than a probe: conn is in the log */
	int secret; /* a verb had one, which lines that follow may hold */

	/* counters */
	unsigned int errors;
	unsigned int refused;
	unsigned int logins; /* that failed; each process counts those it sees */
	unsigned int idle;
	unsigned int mails;        /* messages handed over */
	unsigned int transactions; /* begun by MAIL: what MAILMAX limits, RFC 9422 */
	unsigned int commands;
	unsigned int greetings;  /* EHLO, HELO */
	unsigned int recipients; /* accepted, of all messages */
	uint64_t bytes;          /* of all messages, as the client sent them */
	unsigned int small;      /* chunks of less than a KiB, but for the last of a message */

	/* what is being said */
	struct reply said;
	char text[REPLY_TEXT];

	char helo[HELO_BYTES];
	struct intake intake;
	struct {
		int fd; /* -1: none */
		char id[INTAKE_ID];
	} ahead; /* a file for the message, from the answer to RCPT */
	struct {
		char id[INTAKE_ID]; /* the message it is for; "": none */
		int closed;         /* the client's side was, before it was said */
	} owed;                     /* the reply for a message that was kept */

	/* the monitor's; the talker's copies stay empty */
	struct held held;
	struct rcptcheck checked;
	struct login login;

	struct transaction tx;
	struct monitor_message message;

	/* space; not touched before it is needed */
	char linespace[LINE_BYTES];
	char outspace[OUTPUT_BYTES];
	char inspace[INPUT_BYTES];
	char block[INTAKE_BLOCK + 1 + 2 + COMPLETE_MAX]; /* of the intake */
};

/* Verbs: one handler each, src/smtp/verbs.c has the table. */
extern struct verbs const smtp_verbs;
extern handler smtp_auth;
extern handler smtp_bdat;
extern handler smtp_data;
extern handler smtp_ehlo;
extern handler smtp_helo;
extern handler smtp_help;
extern handler smtp_lhlo;
extern handler smtp_mail;
extern handler smtp_none;
extern handler smtp_noop;
extern handler smtp_quit;
extern handler smtp_rcpt;
extern handler smtp_rset;
extern handler smtp_starttls;
extern handler smtp_vrfy;

/* Hold the conversation, greeting to end; s->failed says how it went. */
extern void session_converse(struct session *s);

/* The session ends after this reply, why for the log; failed: with exit 1. */
extern void session_end(struct session *s, char const *why, int failed);

/* The client does not speak SMTP: end without another word. "http" or "tls". */
extern void session_junk(struct session *s, char const *what);

/* Say a reply as it is. */
extern void session_put(struct session *s, struct reply const *r);

/* Say a reply, or a line of one before its last; enhanced codes only to whom they are for. */
extern void session_say(struct session *s, struct reply const *r);
extern void session_lead(struct session *s, unsigned int code, char const *text);

/* A new deadline, SMTP_TIMEOUT from now; or a second, once we were told to end. */
extern void session_deadline(struct session *s);

/* We were told to end: what is still to be said has a second. */
extern void session_term(struct session *s);

/* Send what waits. 1, or 0: then the session ends. */
extern int session_flush(struct session *s);

/* Forget the transaction, here and in the monitor. */
extern void envelope_reset(struct session *s);

/* Send what waits, then wait some seconds: what abuse costs. */
extern void session_delay(struct session *s, unsigned int seconds);

/* What the monitor answers: src/smtp/rules.c. */
extern struct monitor_rule const smtp_rules[];

#endif
