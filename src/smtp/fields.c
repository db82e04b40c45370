/* What the header of a message in passage has: RFC 5322 2.2, 3.6. */

#include <string.h>

#include "smtp/fields.h"

static struct {
	char name[16];
	unsigned int seen;
	unsigned int hops;
} const known[] = { { "received", 0, 1 }, { "delivered-to", 0, 1 }, { "date", FIELDS_DATE, 0 },
	{ "message-id", FIELDS_MESSAGE_ID, 0 }, { "from", FIELDS_FROM, 0 } };

int
fields_over(struct fields const *f)
{
	return f->state >= FIELDS_EMPTY;
}

int
fields_open(struct fields const *f)
{
	return f->state == FIELDS_CR || f->state == FIELDS_NAME || f->state == FIELDS_BLANKS;
}

static enum fields_state
colon(struct fields *f)
{
	size_t i;

	for (i = 0; i < sizeof known / sizeof *known; i++) {
		if (memcmp(f->name, known[i].name, sizeof f->name) != 0) continue;
		f->seen |= known[i].seen;
		f->hops += known[i].hops;
	}
	return FIELDS_BODY;
}

/* RFC 5322 3.6.8: printable US-ASCII. Names too long for ours are none of ours. */
static enum fields_state
letter(struct fields *f, char c)
{
	if (c <= ' ' || c > '~' || f->n >= FIELDS_NAME_MAX) return FIELDS_TEXT;
	if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
	f->name[f->n < sizeof f->name ? f->n : sizeof f->name - 1] = c;
	f->n++;
	return FIELDS_NAME;
}

/*
 *  state  |  CR    LF     SP, TAB         ':'    other
 *  -------+--------------------------------------------------
 *  BOL    |  CR    EMPTY  BODY, or TEXT   TEXT   NAME, or TEXT
 *  CR     |  TEXT  EMPTY  TEXT            TEXT   TEXT
 *  NAME   |  TEXT  TEXT   BLANKS          BODY   NAME, or TEXT
 *  BLANKS |  TEXT  TEXT   BLANKS          BODY   TEXT
 *  BODY   |  BODY  BOL    BODY            BODY   BODY
 *
 * A line that begins with a blank continues a field, if there was one.
 */
static enum fields_state
step(struct fields *f, char c)
{
	int blank = c == ' ' || c == '\t';

	switch (f->state) {
	case FIELDS_BOL:
		if (c == '\n') return FIELDS_EMPTY;
		if (c == '\r') return FIELDS_CR;
		if (blank) return f->line > 0 ? FIELDS_BODY : FIELDS_TEXT;
		memset(f->name, 0, sizeof f->name);
		f->n = 0;
		return c == ':' ? FIELDS_TEXT : letter(f, c);
	case FIELDS_CR: return c == '\n' ? FIELDS_EMPTY : FIELDS_TEXT;
	case FIELDS_NAME:
		if (c == ':') return colon(f);
		return blank ? FIELDS_BLANKS : letter(f, c);
	case FIELDS_BLANKS:
		if (c == ':') return colon(f);
		return blank && f->n++ < FIELDS_NAME_MAX ? FIELDS_BLANKS : FIELDS_TEXT;
	case FIELDS_BODY: return c == '\n' ? FIELDS_BOL : FIELDS_BODY;
	case FIELDS_EMPTY:
	case FIELDS_TEXT: break;
	}
	return f->state;
}

size_t
fields_observe(struct fields *f, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && !fields_over(f); i++) {
		if (f->state == FIELDS_BOL) f->line = f->at;
		f->state = step(f, s[i]);
		f->at++;
	}
	return i;
}

void
fields_finish(struct fields *f)
{
	if (fields_over(f)) return;
	if (!fields_open(f)) f->line = f->at;
	f->state = FIELDS_TEXT;
}
