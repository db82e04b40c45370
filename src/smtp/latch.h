/* latch.h - SMTP_LATCH: the end of the first command line is that of all lines. */

#ifndef SMTP_LATCH_H
#define SMTP_LATCH_H

#include "lib/line.h"

struct session;

enum latch {
	LATCH_LINE, /* the line ends as the session's lines do, or SMTP_LATCH is off */
	LATCH_CR    /* a CR in a session whose lines end with LF: it is over */
};

/*
 * Say for the line in s->line, which ended as *end says, what that means here:
 * once a first line with LF has settled it (S_LF), LINE_LF becomes LINE_OK, and
 * nothing is offered any more that needs another framing.
 */
extern enum latch latch_line(struct session *s, enum line_end *end);

#endif
