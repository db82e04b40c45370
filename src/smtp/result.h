/* result.h - the end of the arrival program as an SMTP reply. */

#ifndef SMTP_RESULT_H
#define SMTP_RESULT_H

#include "lib/arrival.h"
#include "lib/reply.h"

/*
 * The reply for a message with this id after the program's end. A first line
 * "x.y.z text" whose class fits replaces the enhanced code and text, and
 * "Nyz x.y.z text" all of it; any other line is added or used as text. said
 * and space (REPLY_TEXT bytes) as for reply_fill.
 */
extern struct reply const *result_reply(struct reply *said, char *space, enum arrival verdict,
    int code, char const *line, char const *id);

#endif
