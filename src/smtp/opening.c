/* The beginning and the end of a connection: RFC 5321 3.1, 3.8, RFC 2033 4.1. */

#include "smtp/sending.h"

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

	offer_none(&s->offer);
	if (!sending_in_step(s, verb)) return NULL;
	client_put(c, words);
	client_deadline(c, COMMAND_SECS, &deadline);
	do {
		end = client_line(c, &deadline);
		if (end != ANSWER_BAD && c->answer.lines > 1) offer_add(&s->offer, c->answer.line);
	} while (end == ANSWER_ON);
	return end == ANSWER_WHOLE ? &c->answer.said : NULL;
}

int
sending_hello(struct sending *s)
{
	struct outcome const *o;

	o = hello(s, s->request.lmtp ? "LHLO" : "EHLO");
	if (o && o->code / 100 == 5 && !s->request.lmtp) {
		o = hello(s, "HELO");
		offer_none(&s->offer);
	}
	return o && o->code / 100 == 2 ? 1 : sending_fail(s, o);
}

int
sending_open(struct sending *s)
{
	s->open = 1;
	return greeted(s) && sending_hello(s);
}

void
sending_close(struct sending *s)
{
	static char const *const quit[] = { "QUIT", NULL };

	if (!s->open) return;
	client_put(&s->client, quit);
	(void)client_hear(&s->client, QUIT_SECS);
}
