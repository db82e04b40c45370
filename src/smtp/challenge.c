/* A line that is no command: it may be a password. */

#include <string.h>

#include "smtp/challenge.h"
#include "smtp/command.h"
#include "smtp/event.h"
#include "smtp/replies.h"
#include "smtp/sasl.h"
#include "smtp/session.h"

_Static_assert((int)CHALLENGE_LINE < (int)INTAKE_BLOCK, "the line fits");

/* Into the block, which is idle between messages; the line of the command stays. */
static int
hear(struct session *s, enum line_end *end, struct reply const **r)
{
	struct line command = s->line;
	int heard;

	s->line = (struct line){
		.s = s->block, .max = CHALLENGE_LINE, .drained = command.drained, .wipe = 1
	};
	heard = command_line(s, end, r);
	command.drained = s->line.drained;
	s->line = command;
	return heard;
}

int
challenge(struct session *s, struct reply const *ask, size_t *n, struct reply const **r)
{
	enum line_end end;

	session_say(s, ask);
	session_deadline(s);
	if (!hear(s, &end, r)) return 0;
	event_answered(s);
	*r = &r_not_base64;
	if (end == LINE_LONG) *r = &r_long_response;
	if (end == LINE_LF) *r = &r_bare_lf;
	if (end == LINE_NUL) *r = &r_control;
	if (end != LINE_OK) return 0;
	if (strcmp(s->block, "*") == 0) *r = &r_cancelled;
	return sasl_decode(s->block, n);
}
