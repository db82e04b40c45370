/* command.h - from the bytes of the client to the reply of a verb. */

#ifndef SMTP_COMMAND_H
#define SMTP_COMMAND_H

#include "lib/line.h"
#include "lib/reply.h"

struct session;

/*
 * Read a command line, by s->deadline, and have its verb run. Replies that wait
 * are sent when there is nothing left to read. Returns the reply; or NULL, and
 * the session is to end, when there is nobody to say it to.
 */
extern struct reply const *command_next(struct session *s);

/*
 * Read a line into s->line, whatever it is for. 1: *end is LINE_OK, LINE_LF,
 * LINE_NUL or LINE_LONG. 0: there is none and the session is to end with *r,
 * which is NULL when there is nobody to say it to.
 */
extern int command_line(struct session *s, enum line_end *end, struct reply const **r);

#endif
