/* event.h - the log of a session: what SMTP_LOG asks for, one line per event. */

#ifndef SMTP_EVENT_H
#define SMTP_EVENT_H

#include "lib/note.h"
#include "lib/reply.h"
#include "lib/verb.h"
#include "smtp/sasl.h"

struct session;

/* From which SMTP_LOG on a line is written. */
enum {
	LOG_ALWAYS,     /* the service is not as it should be */
	LOG_EVENTS,     /* what a client did */
	LOG_COMMANDS,   /* each command, and the code of its reply */
	LOG_TRANSCRIPT, /* each line of both sides; of messages nothing */
	LOG_LEVELS
};

/* Begin a line. 0: this session does not log it, and nothing was begun. */
extern int event_begin(
    struct note *n, struct session const *s, unsigned int level, char const *event);

/* A line without more words. */
extern void event_note(struct session const *s, unsigned int level, char const *event);

/*
 * The session is more than a probe: conn, odd if its lines end with LF, tls if it is on,
 * and helo if that was said, are logged now, if they have not been. A session that never
 * comes here has one line, probe.
 */
extern void event_known(struct session *s);

/* EHLO, HELO or LHLO was taken; kept back until event_known. */
extern void event_helo(struct session const *s);

/* TLS is on; kept back until event_known. */
extern void event_tls(struct session const *s);

/* Somebody has logged in, or, why is a word then, has not. */
extern void event_login(
    struct session const *s, enum sasl mechanism, char const *name, char const *why);

/* MAIL was refused with r; path and parameters as they were typed. */
extern void event_no_mail(struct session const *s, struct reply const *r, char const *path);

/* A recipient was refused with r, by the policy of that name. */
extern void event_refused(
    struct session const *s, struct reply const *r, char const *recipient, char const *by);

/*
 * The message of the transaction came to its end and was answered by r. text is
 * what r says, or the program; exit is how that ended, NULL if it was not run; rcpt
 * the one recipient that is about, in LMTP, else NULL.
 */
extern void event_mail(struct session const *s, struct reply const *r, char const *text,
    char const *exit, char const *rcpt);

/*
 * What does not speak SMTP: "http", "tls", or "early", before the greeting; or
 * "behind-starttls", what should be TLS and is not.
 */
extern void event_junk(struct session const *s, char const *what);

/* The transcript: the line heard, before it is executed, and a line said. */
extern void event_heard(struct session *s);
extern void event_answered(struct session const *s); /* 334, by a line that may be a secret */
extern void event_said(struct session const *s, struct reply const *r);

/* The line heard was answered by r. */
extern void event_command(struct session const *s, struct reply const *r);

/* The last line: disc, or probe. STAMP is the time. */
extern void event_end(struct session const *s);

#endif
