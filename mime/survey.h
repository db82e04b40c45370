/* survey.h - what a text needs to be carried by mail. */

#ifndef MIME_SURVEY_H
#define MIME_SURVEY_H

#include <stddef.h>
#include <stdint.h>

#include "mime/cpu.h"

/* The longest line a message may have, without its line end: RFC 5322 2.1.1. */
#define MIME_LINE_MAX 998

/* Set cpu, the rest to zero, at the start. */
struct mime_survey {
	enum mime_cpu *cpu; /* found out once a text is worth it; NULL: no kernel */
	uint64_t bytes;
	uint64_t high;    /* bytes above 127 */
	uint64_t escapes; /* bytes that quoted-printable writes as three */
	uint64_t longest; /* line */
	uint64_t line;    /* bytes of the line so far */
	uint64_t lines;   /* ended with LF */
	int whole;        /* the caller's: this was all of it */
	int nul;
	int cr;      /* a CR that no LF follows */
	int crlf;    /* a CR that a LF follows */
	int broken;  /* not UTF-8 */
	char last;   /* the byte before */
	size_t held; /* bytes of an unfinished character */
	char hold[4];
};

/* The next n bytes, cut anywhere. */
extern void mime_survey(struct mime_survey *v, char const *s, size_t n);

/* The end of the text. */
extern void mime_survey_end(struct mime_survey *v);

/* Whether it can be sent as it is through a transport for 7-bit lines. */
extern int mime_survey_7bit(struct mime_survey const *v);

enum mime_shorter { MIME_SHORTER_QP, MIME_SHORTER_B64, MIME_SHORTER_UNKNOWN };

/*
 * Which of quoted-printable and base64 is shorter, both with lines that end in
 * LF; where only encoding can tell, that it is not known.
 */
extern enum mime_shorter mime_survey_shorter(struct mime_survey const *v);

#endif
