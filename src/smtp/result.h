/* result.h - the end of the arrival program as an SMTP reply. */

#ifndef SMTP_RESULT_H
#define SMTP_RESULT_H

#include "lib/arrival.h"
#include "lib/reply.h"

/*
 * r with a line that a program printed as its text: "x.y.z text" whose class
 * fits replaces the enhanced code and text, "Nyz x.y.z text" all of it, any other
 * line the text; "" nothing. said and space (REPLY_TEXT bytes) as for reply_fill.
 */
extern struct reply const *result_text(
    struct reply *said, char *space, struct reply const *r, char const *line);

/* The reply to the end of the program with this exit code, before any line; kept: "250 ... id=%". */
extern struct reply const *result_usual(enum arrival verdict, int code);

/*
 * The reply for a message that was kept under this id, and the line the program
 * printed: as result_text, but a line without codes is added to our text.
 */
extern struct reply const *result_kept(
    struct reply *said, char *space, char const *id, char const *line);

#endif
