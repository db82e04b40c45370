/* fields.h - header lines that a delivery may put before the message. */

#ifndef MAILDIR_FIELDS_H
#define MAILDIR_FIELDS_H

#include <stddef.h>

struct trouble;

/* Which, or-ed; written in this order. */
enum { FIELD_RETURN_PATH = 1, FIELD_ORIGINAL_TO = 2, FIELD_DELIVERED_TO = 4 };

/* Longest line, its LF included: RFC 5322 2.1.1 counts without CRLF. */
enum { FIELD_LINE = 999 };

struct fields {
	char s[3 * FIELD_LINE];
	size_t n;
};

/* An address: not terminated, not owned. s is NULL for the one the environment names. */
struct recipient {
	char const *s;
	size_t n;
};

/*
 * What Delivered-To says for a recipient: itself, else $RECIPIENT, else the
 * value of $DTLINE. s is NULL if there is none.
 */
extern struct recipient fields_recipient(struct recipient const *to);

/*
 * Write the lines of which: Return-Path from $SENDER or $RPLINE, X-Original-To
 * from $ORIGINAL_RECIPIENT, left out where that is not set, Delivered-To from
 * to. Control characters become '_'. Returns 1, or 0 with why when a variable
 * is missing or a line too long.
 */
extern int fields_make(
    struct fields *f, int which, struct recipient const *to, struct trouble *why);

#endif
