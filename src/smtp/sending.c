/* How a conversation with a server fails. */

#include "smtp/sending.h"
#include "smtp/fates.h"

int
sending_give_up(struct sending *s, struct fate const *f, char const *more)
{
	struct outcome o;

	outcome_fate(&o, f, more);
	addressee_settle_rest(&s->to, &o);
	return 0;
}

/* Why nothing was heard. */
static int
lost(struct sending *s)
{
	s->open = 0;
	switch (s->client.lost) {
	case CLIENT_SLOW: return sending_give_up(s, &f_slow, s->phase);
	case CLIENT_FOUL: return sending_give_up(s, &f_foul, s->client.answer.why);
	case CLIENT_THERE:
	case CLIENT_GONE: break;
	}
	return sending_give_up(s, &f_gone, s->phase);
}

int
sending_fail(struct sending *s, struct outcome const *o)
{
	struct outcome space;

	if (!o) return lost(s);
	if (o->code == 421) s->open = 0;
	addressee_settle_rest(&s->to, sending_sense(s, o, &space));
	return 0;
}

struct outcome const *
sending_sense(struct sending *s, struct outcome const *o, struct outcome *space)
{
	if (o->code / 100 == 4 || o->code / 100 == 5) return o;
	outcome_fate(space, &f_odd, s->phase);
	return space;
}
