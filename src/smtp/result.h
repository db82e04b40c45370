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

/*
 * The reply for a message with this id after the program's end and the line it
 * printed: as result_text, but the text of one that was kept is ours, with a
 * line without codes added.
 */
extern struct reply const *result_reply(struct reply *said, char *space, enum arrival verdict,
    int code, char const *line, char const *id);

#endif
