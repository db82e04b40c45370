/* The envelope, proposed: MAIL and RCPT with what was offered. RFC 5321 4.1.1.2, 4.1.1.3. */

#include <skalibs/types.h>

#include "smtp/proposal.h"

int
proposal_eight(struct sending const *s)
{
	size_t i;

	for (i = 0; i < s->to.count; i++)
		if (address_eight(s->to.one[i].address)) return 1;
	return address_eight(s->request.sender);
}

/* Of a stream not all has been seen. */
static int
claims_eight(struct sending const *s)
{
	return s->offer.eightbit && (s->letter.measure.eight || !letter_whole(&s->letter));
}

void
proposal_mail(struct sending *s)
{
	struct request const *r = &s->request;
	char size[UINT64_FMT] = "";
	int sized = s->offer.size && letter_whole(&s->letter);
	int ret = s->offer.dsn && r->ret;
	int envid = s->offer.dsn && r->envid;
	char const *const words[] = { "MAIL FROM:<", r->sender, ">", sized ? " SIZE=" : "",
		sized ? size : "", claims_eight(s) ? " BODY=8BITMIME" : "",
		proposal_eight(s) ? " SMTPUTF8" : "", ret ? " RET=" : "", ret ? r->ret : "",
		envid ? " ENVID=" : "", envid ? r->envid : "", r->requires ? " REQUIRETLS" : "",
		NULL };

	size[uint64_fmt(size, measure_octets(&s->letter.measure))] = 0;
	client_put(&s->client, words);
}

void
proposal_rcpt(struct sending *s, struct addressee const *a)
{
	int dsn = s->offer.dsn && s->request.notify;
	char const *const words[] = { "RCPT TO:<", a->address, ">", dsn ? " NOTIFY=" : "",
		dsn ? s->request.notify : "", NULL };

	client_put(&s->client, words);
}

int
proposal_mail_answer(struct sending *s)
{
	struct outcome const *o;

	s->phase = "MAIL";
	o = client_hear(&s->client, COMMAND_SECS);
	if (o && o->code / 100 == 2) return 1;
	sending_fail(s, o);
	return s->open;
}

int
proposal_rcpt_answer(struct sending *s, struct addressee *a)
{
	struct outcome const *o;
	struct outcome space;

	s->phase = "RCPT";
	o = client_hear(&s->client, COMMAND_SECS);
	if (!o || o->code == 421) return sending_fail(s, o);
	/* After a refused MAIL these answers say nothing new. */
	if (a->state != ADDRESSEE_OFFERED) {
		s->absurd |= o->code / 100 == 2;
		return 1;
	}
	a->refused = o->code / 100 != 2;
	if (!a->refused) {
		a->state = ADDRESSEE_ACCEPTED;
		return 1;
	}
	a->outcome = *sending_sense(s, o, &space);
	/* 552: what RFC 821 had for too many recipients, RFC 5321 4.5.3.1.10. */
	a->state = o->code == 452 || o->code == 552 ? ADDRESSEE_DEFERRED : ADDRESSEE_SETTLED;
	return 1;
}
