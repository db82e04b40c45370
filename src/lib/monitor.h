/*
 * monitor.h - the two processes of a session. The talker reads the network and
 * may do nothing else; the monitor never does, and acts for it on request.
 */

#ifndef LIB_MONITOR_H
#define LIB_MONITOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <skalibs/tai.h>

struct session;
struct peer;
struct starttls;

/* What may be asked; the numbers are on the wire between the two only. */
enum monitor_kind {
	MONITOR_SPOOL = 1, /* a file for the message: the answer carries it */
	MONITOR_RECIPIENT, /* may this recipient? the answer may carry that file */
	MONITOR_FORGET,    /* the transaction is over; no answer */
	MONITOR_ARRIVAL,   /* it is complete: run the program */
	MONITOR_CONNECT,   /* an active data connection: the answer carries it */
	MONITOR_LOGIN,     /* text is name and password: is that so? */
	MONITOR_READY,     /* not to a monitor: from what a checker has run */
	MONITOR_NAME,      /* nor this: who has logged in */
	MONITOR_CONTROL,   /* nor this: a control connection that changes hands */
	MONITOR_TRAPPED,   /* number is a system call the filter forbids; no answer */
	MONITOR_PARTIAL,   /* it broke off: keep what came, the answer says as what */
	MONITOR_TLS,       /* it has begun, as text says; no answer */
	MONITOR_HOST,      /* text is the name of a host: is there one? */
	MONITOR_GUEST      /* somebody without a password wants to log in */
};

enum {
	MONITOR_FD = 3,     /* the talker's end of the socket pair */
	MONITOR_TEXT = 8192 /* most bytes of text */
};

/*
 * One message. It travels as one packet of exactly the head and len bytes of
 * text; anything else ends the session. text is a run of 0-terminated strings.
 */
struct monitor_message {
	uint32_t kind;   /* enum monitor_kind; answers repeat the question's */
	uint32_t number; /* as the kind defines it */
	uint32_t detail; /* as the kind defines it */
	uint32_t len;    /* bytes of text */
	char text[MONITOR_TEXT];
};

/*
 * A rule answers one kind of message in place. *fd is the descriptor that came
 * with it or -1, and belongs to the monitor, which closes it after the answer;
 * the rule may put another one there to be sent back. Returns MONITOR_ANSWER
 * or MONITOR_SILENT, or MONITOR_FOUL if no honest talker would ask this.
 */
enum monitor_result { MONITOR_ANSWER, MONITOR_SILENT, MONITOR_FOUL };

struct monitor_rule {
	enum monitor_kind kind;
	enum monitor_result (*answer)(struct session *s, struct monitor_message *m, int *fd);
};

struct monitor {
	struct monitor_rule const *rules; /* ends with kind 0 */
	struct peer const *peer;          /* for the log */
	struct monitor_message *message;  /* room for the questions: untouched until one comes */
	int fd;                           /* this process' end */
	int polite;                       /* SIGTERM ends the talker's waits, and nothing else */
	struct starttls *tls;             /* what only the talker keeps open, or NULL */
	pid_t talker;                     /* in the monitor */
	pid_t heir; /* in the monitor: the process the talker gives way to, or 0 */
};

/*
 * Split the process. Returns 1 in the talker, whose end is MONITOR_FD, and
 * which is killed when the monitor dies; 0 on failure, errno set. The monitor
 * does not return: it gives up descriptors 0 and 1, answers until the talker
 * has gone, logs how it died if it was killed, and exits with its exit code.
 * Once a rule has set heir nothing more is answered, and after the talker the
 * heir, a child that leads its own group, is waited for: then its code counts.
 */
extern int monitor_start(struct monitor *m, struct session *s);

/* Talker: send a message, and fd with it unless that is -1. 1, or 0 with errno. */
extern int monitor_tell(struct monitor const *m, struct monitor_message const *msg, int fd);

/*
 * Talker: wait for the answer to a question of that kind. *fd gets the
 * descriptor that came with it or -1. 1, or 0 with errno: the monitor is gone.
 */
extern int monitor_hear(struct monitor const *m, struct monitor_message *msg, int *fd);

/* Begin a message without text; add the string "name=value" or, with value
 * NULL, name alone. Adding returns 0 when it does not fit. */
extern void monitor_begin(struct monitor_message *msg, enum monitor_kind kind, uint32_t number);
extern int monitor_add(struct monitor_message *msg, char const *name, char const *value);

/*
 * Monitor: 1 if text is only strings NAME=value with each name in names (ends
 * with NULL), at most once, and values without control bytes.
 */
extern int monitor_pairs_ok(struct monitor_message const *msg, char const *const *names);

/* The value of the first string name=value in text, in place; NULL if there is none. */
extern char const *monitor_value(struct monitor_message const *msg, char const *name);

#endif
