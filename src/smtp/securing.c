/* STARTTLS, said by us: RFC 3207. */

#include <string.h>

#include "smtp/fates.h"
#include "smtp/sending.h"

static int
wanted(struct sending const *s)
{
	enum secure how = s->request.secure;

	if (s->tls.active || how == SECURE_NEVER || how == SECURE_ACTIVE) return 0;
	return how == SECURE_REQUIRE || (s->tls.offered && s->offer.starttls);
}

/*
 * Whoever changes the connection could say no as well, so no is never an answer to go
 * on without.
 */
static int
asked(struct sending *s)
{
	static char const *const starttls[] = { "STARTTLS", NULL };
	struct outcome const *o;

	if (!sending_in_step(s, "STARTTLS")) return 0;
	client_put(&s->client, starttls);
	o = client_hear(&s->client, COMMAND_SECS);
	if (!o || o->code == 421) return sending_fail(s, o);
	return o->code == 220 ? 1 : sending_give_up(s, &f_no_starttls, o->text);
}

/* Nothing that was heard before counts any more. */
static void
renew(struct client *c)
{
	c->at = c->n = c->put = 0;
	c->ready = c->ended = 0;
	memset(&c->answer, 0, sizeof c->answer);
}

static int
lose(struct sending *s, struct fate const *f)
{
	s->open = 0;
	return sending_give_up(s, f, NULL);
}

int
sending_secure(struct sending *s)
{
	tain deadline;

	if (!wanted(s)) return 1;
	if (!s->offer.starttls) return sending_give_up(s, &f_no_tls, NULL);
	if (!asked(s)) return 0;
	/* It was said in the clear, and would count as said in TLS. */
	if (client_more(&s->client)) return lose(s, &f_injected);
	client_deadline(&s->client, COMMAND_SECS, &deadline);
	if (!starttls_begin(&s->tls, &deadline)) return lose(s, &f_handshake);
	renew(&s->client);
	return sending_hello(s);
}
