/* LF . LF ends it: no RFC has this, it is for devices that know no CR. */

#include "smtp/lfdot.h"

/*
 *  state  |  CR   LF       '.'      other
 *  -------+--------------------------------
 *  BOL    |  CR   BOL put  DOT      MID put
 *  DOT    |  CR   END      MID put  MID put
 *  MID    |  CR   BOL put  MID put  MID put
 */
static enum lfdot_state
step(enum lfdot_state state, char c)
{
	if (c == '\r') return LFDOT_CR;
	switch (state) {
	case LFDOT_BOL: return c == '\n' ? LFDOT_BOL : c == '.' ? LFDOT_DOT : LFDOT_MID;
	case LFDOT_DOT: return c == '\n' ? LFDOT_END : LFDOT_MID;
	case LFDOT_MID: return c == '\n' ? LFDOT_BOL : LFDOT_MID;
	case LFDOT_END:
	case LFDOT_CR: break;
	}
	return state;
}

size_t
lfdot_decode(struct lfdot *d, char const *in, size_t n, char *out, size_t *w)
{
	size_t i;

	*w = 0;
	for (i = 0; i < n && d->state != LFDOT_END && d->state != LFDOT_CR; i++) {
		d->state = step(d->state, in[i]);
		if (d->state != LFDOT_BOL && d->state != LFDOT_MID) continue;
		if (in[i] == '\n' && d->crlf) out[(*w)++] = '\r';
		out[(*w)++] = in[i];
		d->octets++;
	}
	return i;
}
