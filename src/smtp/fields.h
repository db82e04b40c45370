/* fields.h - what the header of a message in passage has: RFC 5322 2.2, 3.6. */

#ifndef SMTP_FIELDS_H
#define SMTP_FIELDS_H

#include <stddef.h>
#include <stdint.h>

enum { FIELDS_DATE = 1, FIELDS_MESSAGE_ID = 2, FIELDS_FROM = 4 };

enum fields_state {
	FIELDS_BOL,    /* at the beginning of a line */
	FIELDS_CR,     /* after a CR there: an empty line, if LF follows */
	FIELDS_NAME,   /* in the name of a field */
	FIELDS_BLANKS, /* behind it, before the colon */
	FIELDS_BODY,   /* in the body of a field */
	FIELDS_EMPTY,  /* over: an empty line */
	FIELDS_TEXT    /* over: a line that is no field, without an empty line before it */
};

/* A longer name is text. */
enum { FIELDS_NAME_MAX = 256 };

/* All zero before the first byte. */
struct fields {
	enum fields_state state;
	unsigned int seen; /* the bits above */
	unsigned int hops; /* fields Received and Delivered-To */
	uint64_t line;     /* where the line begins that we are in, or that ended the header */
	uint64_t at;       /* bytes looked at */
	size_t n;          /* of the name and the blanks behind it */
	char name[16];     /* as much of it as matters, in lower case */
};

/*
 * Look at up to n more bytes of the message. Lines end with LF, a CR before it or not.
 * The header ends with an empty line, or before the first line that neither is a
 * field nor continues one; what lies before line belongs to it whatever comes.
 * Returns how many were looked at: n until then, none after that. The result
 * does not depend on how the message is cut.
 */
extern size_t fields_observe(struct fields *f, char const *s, size_t n);

/* The message has ended, the header with it. */
extern void fields_finish(struct fields *f);

/* 1 if the header has ended; then line says where. */
extern int fields_over(struct fields const *f);

/* 1 inside a line of which it is not yet known whether it is of the header. */
extern int fields_open(struct fields const *f);

#endif
