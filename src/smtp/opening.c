/* The beginning and the end of a connection: RFC 5321 3.1, 3.8, RFC 2033 4.1. */

#include "smtp/fates.h"
#include "smtp/sending.h"

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

static int
greeted(struct sending *s)
{
	struct outcome const *o;

	s->phase = "the greeting";
	o = client_hear(&s->client, BANNER_SECS);
	return o && o->code == 220 ? 1 : sending_fail(s, o);
}

/* Returns the final line's answer, every line having been added to the offer. */
static struct outcome const *
hello(struct sending *s, char const *verb)
{
	char const *const words[] = { verb, " ", s->request.helo, NULL };
	struct client *c = &s->client;
	enum answer_end end;
	tain deadline;

	s->phase = verb;
	offer_none(&s->offer);
	client_put(c, words);
	client_deadline(c, COMMAND_SECS, &deadline);
	do {
		end = client_line(c, &deadline);
		if (end != ANSWER_BAD && c->answer.lines > 1) offer_add(&s->offer, c->answer.line);
	} while (end == ANSWER_ON);
	return end == ANSWER_WHOLE ? &c->answer.said : NULL;
}

int
sending_open(struct sending *s)
{
	struct outcome const *o;

	s->open = 1;
	if (!greeted(s)) return 0;
	o = hello(s, s->request.lmtp ? "LHLO" : "EHLO");
	if (o && o->code / 100 == 5 && !s->request.lmtp) {
		o = hello(s, "HELO");
		offer_none(&s->offer);
	}
	return o && o->code / 100 == 2 ? 1 : sending_fail(s, o);
}

void
sending_close(struct sending *s)
{
	static char const *const quit[] = { "QUIT", NULL };

	if (!s->open) return;
	client_put(&s->client, quit);
	(void)client_hear(&s->client, QUIT_SECS);
}
