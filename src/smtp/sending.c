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

int
sending_in_step(struct sending *s, char const *phase)
{
	struct outcome const *o;

	s->phase = phase;
	if (!client_told(&s->client)) return 1;
	o = client_hear(&s->client, QUIT_SECS);
	s->open = 0;
	if (!o || o->code == 421) return sending_fail(s, o);
	return sending_give_up(s, &f_unasked, o->text);
}

struct outcome const *
sending_sense(struct sending *s, struct outcome const *o, struct outcome *space)
{
	if (o->code / 100 == 4 || o->code / 100 == 5) return o;
	outcome_fate(space, &f_odd, s->phase);
	return space;
}
