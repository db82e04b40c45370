/*
 * For devices that end their lines with LF. A byte string must not be framed in two
 * ways in one session, or what one program takes for text is a command to the next:
 * so it is one end of line or the other, from the first command on.
 */

#include <string.h>

#include "smtp/latch.h"
#include "smtp/session.h"

static void
settle(struct session *s, enum line_end end)
{
	s->state |= S_LATCHED;
	if (end != LINE_LF) return;
	s->state |= S_LF;
	extension_drop(&s->extensions, EXT_PIPELINING);
	extension_drop(&s->extensions, EXT_CHUNKING);
	extension_drop(&s->extensions, EXT_BINARYMIME);
}

/* What was dropped of a line too long may have held one. */
static int
has_cr(struct line const *l, enum line_end end)
{
	return end == LINE_LONG || l->seen != l->n + 1 || memchr(l->s, '\r', l->n);
}

enum latch
latch_line(struct session *s, enum line_end *end)
{
	switch (*end) {
	case LINE_OK:
	case LINE_LF:
	case LINE_NUL:
	case LINE_LONG: break;
	case LINE_MORE:
	case LINE_FLOOD:
	case LINE_ALIEN:
	case LINE_EOF:
	case LINE_TIMEOUT:
	case LINE_ENDED:
	case LINE_ERROR: return LATCH_LINE;
	}
	if (!s->policy[SMTP_LATCH].number) return LATCH_LINE;
	if (!(s->state & S_LATCHED)) settle(s, *end);
	if (!(s->state & S_LF)) return LATCH_LINE;
	if (has_cr(&s->line, *end)) return LATCH_CR;
	if (*end == LINE_LF) *end = LINE_OK;
	return LATCH_LINE;
}
