/* verb.h - the command table of a protocol, and what it decides for all verbs. */

#ifndef LIB_VERB_H
#define LIB_VERB_H

#include <stddef.h>

#include "lib/reply.h"

struct session; /* each protocol defines its own, in its session.h */

/*
 * A handler decides and returns its one final reply; the loop says it. arg is
 * 0-terminated, may be changed in place, and is "" where none was given.
 */
typedef struct reply const *handler(struct session *s, char *arg);

/* Rules for the argument. Neither MAY nor MUST: there must be none. */
enum {
	MAY = 1,
	MUST = 2,
	SECRET = 4,   /* never logged */
	HIDDEN = 8,   /* known and refused: not in HELP */
	ANYTIME = 16, /* FTP: served while a transfer runs */
	RAW = 32      /* SMTP: the handler looks at bytes of 0x80 and above itself */
};

struct verb {
	char const *name; /* as the RFC spells it; matched without case */
	handler *run;
	unsigned int rules; /* MAY or MUST, and those above */
	unsigned int needs; /* state bits that must all be set */
	char const *help;   /* syntax after the verb, for HELP */
	char const *feat;   /* what FEAT or EHLO says because of this row, else NULL;
	                       a '\n' separates two lines */
};

/* Which reply reports a missing state bit; the first row missing is used. */
struct need {
	unsigned int bit; /* one, or several that have the same reply */
	struct reply const *reply;
};

struct verbs {
	struct verb const *rows;  /* ends with a NULL name */
	struct need const *needs; /* ends with bit 0 */
	struct reply const *want_argument;
	struct reply const *no_argument;
	char const *others;       /* names, a blank between, that all stand for */
	struct verb const *other; /* this row; or NULL */
};

/*
 * 1 if the n bytes name are one of names, which have one blank between, without
 * regard to case. A list of pointers would cost each session memory.
 */
extern int verb_among(char const *names, char const *name, size_t n);

/* The row of the n bytes name, without regard to case, or NULL. */
extern struct verb const *verb_find(struct verbs const *v, char const *name, size_t n);

/* Why row may not run in this state with this argument, or NULL if it may. */
extern struct reply const *verb_refusal(
    struct verbs const *v, struct verb const *row, unsigned int state, char const *arg);

/* 1 if the verb of row may be shown to the client of s. */
typedef int verb_shown(struct session const *s, struct verb const *row);

/*
 * Put names of rows into line, blank between, as many as fit below max bytes;
 * rows that are not shown are passed over, and if shown is NULL the hidden
 * ones. *next is the first row to use and is moved on. Returns the length, 0
 * when all rows are done.
 */
extern size_t verb_names(
    struct verb const **next, struct session const *s, verb_shown *shown, char *line, size_t max);

#endif
