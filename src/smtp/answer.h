/* answer.h - the replies of a server, which may be hostile: RFC 5321 4.2. */

#ifndef SMTP_ANSWER_H
#define SMTP_ANSWER_H

#include <stddef.h>

#include "lib/line.h"

enum {
	ANSWER_LINE = 512,    /* bytes of a line with its end: RFC 5321 4.5.3.1.5 */
	ANSWER_LINES = 100,   /* of one answer */
	ANSWER_ENHANCED = 12, /* "5.999.999" and a 0 */
	ANSWER_TEXT = 512     /* room for the text of a line */
};

/* What became of a command: from a server, or from us. */
struct outcome {
	unsigned int code; /* 200 to 599 */
	int ours;          /* it is not a server that says so */
	char enhanced
	    [ANSWER_ENHANCED];  /* RFC 3463, class of code: "5.1.1"; "5.0.0" if there was none */
	char text[ANSWER_TEXT]; /* of the first line, behind both codes; 0x20 to 0x7E only */
};

enum answer_end {
	ANSWER_MORE, /* no whole line yet */
	ANSWER_ON,   /* a line has ended, and another must follow */
	ANSWER_WHOLE,
	ANSWER_BAD /* not a reply; why says what is wrong. Nothing more is taken. */
};

/* An answer being read; all zero before the first. The next begins by itself. */
struct answer {
	struct outcome said;
	char const
	    *line; /* with ANSWER_ON and ANSWER_WHOLE: this line, behind its code and "-" or " " */
	char const *why; /* with ANSWER_BAD */
	unsigned int lines;
	int whole;
	struct line reading;
	char space[ANSWER_LINE];
};

/*
 * Take bytes of in up to the end of a line, or all len; *used says how many.
 * Each line is three digits (200 to 599), then a blank, or "-" when another
 * line follows, or nothing; all with the same code. CRLF ends a line, LF alone
 * too. A NUL, a CR inside, a line over ANSWER_LINE and an answer over
 * ANSWER_LINES are bad. Pure, and resumable at every byte: the result does not
 * depend on how the input is cut.
 */
extern enum answer_end answer_feed(struct answer *a, char const *in, size_t len, size_t *used);

#endif
