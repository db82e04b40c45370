/* extensions.h - what EHLO offers, and what SMTP_EXT makes of it. */

#ifndef SMTP_EXTENSIONS_H
#define SMTP_EXTENSIONS_H

#include <stddef.h>

struct session;

/* Places in the table, in the order in which EHLO offers them. */
enum extension {
	EXT_SIZE,
	EXT_8BITMIME,
	EXT_PIPELINING,
	EXT_CHUNKING,
	EXT_BINARYMIME,
	EXT_ENHANCEDSTATUSCODES,
	EXT_SMTPUTF8,
	EXT_DSN,
	EXT_DELIVERBY,
	EXT_FUTURERELEASE,
	EXT_MT_PRIORITY,
	EXT_RRVS,
	EXT_LIMITS,
	EXT_STARTTLS,
	EXT_AUTH,
	EXT_REQUIRETLS,
	EXT_HELP,
	/* Switches: said in SMTP_EXT only, never by EHLO. */
	EXT_NOHELO,    /* MAIL is taken without EHLO or HELO */
	EXT_AUTHHELO,  /* AUTH is taken after HELO too */
	EXT_LONGLOCAL, /* local parts of more than 64 bytes are taken */
	EXTENSIONS
};

/* What this session offers: read once, before the greeting. */
struct extensions {
	unsigned int on;                 /* bit 1 << EXT_X for each that is on */
	unsigned char order[EXTENSIONS]; /* the keywords EHLO says, in this order */
	unsigned int count;              /* of order */
};

/*
 * Fill e as text, the value of SMTP_EXT, has it: NULL for all that work; edits
 * "+name,-name"; "=name,name" for these in this order and nothing else. Names
 * are matched without case. Returns 1; or 0 with *bad the *n bytes of text
 * that are no edit or no name of ours.
 */
extern int extensions_read(struct extensions *e, char const *text, char const **bad, size_t *n);

/* What was on is on no longer, for the rest of the session. */
extern void extension_drop(struct extensions *e, enum extension x);

/* 1 if x is offered, or switched on. */
extern int extension_on(struct session const *s, enum extension x);

/* 1 if EHLO says it now: some depend on where the session stands. */
extern int extension_said(struct session const *s, enum extension x);

/*
 * The words of EHLO for the keyword x, with its values, 0-terminated, into line.
 */
enum { EXTENSION_LINE = 80 };
extern void extension_line(struct session const *s, enum extension x, char *line);

#endif
