/* Transactions, in groups of commands where that is offered: RFC 5321 3.3, RFC 2920. */

#include "smtp/fates.h"
#include "smtp/proposal.h"
#include "smtp/sending.h"

enum { CHUNKS_FROM = 1024 * 1024 /* octets worth BDAT when all bytes are 7-bit */ };

static int
may(enum when w, int offered)
{
	return w == WHEN_AUTO ? offered : w == WHEN_ON;
}

static int
chunked(struct sending const *s)
{
	struct measure const *m = &s->letter.measure;

	if (!s->offer.chunking || s->request.bdat == WHEN_OFF) return 0;
	return s->request.bdat == WHEN_ON || m->eight || measure_octets(m) > CHUNKS_FROM;
}

/* The next ones, as many as one transaction takes. Returns the end of their range. */
static size_t
choose(struct sending *s)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < s->to.count && n < s->offer.rcptmax; i++) {
		if (s->to.one[i].state != ADDRESSEE_WAITING) continue;
		s->to.one[i].state = ADDRESSEE_OFFERED;
		n++;
	}
	return i;
}

static int
ask_one_by_one(struct sending *s, size_t end)
{
	size_t i;

	proposal_mail(s);
	if (!proposal_mail_answer(s)) return 0;
	for (i = 0; i < end; i++) {
		if (s->to.one[i].state != ADDRESSEE_OFFERED) continue;
		if (!sending_in_step(s, "RCPT")) return 0;
		proposal_rcpt(s, &s->to.one[i]);
		if (!proposal_rcpt_answer(s, &s->to.one[i])) return 0;
	}
	return 1;
}

static void
put_data(struct sending *s)
{
	static char const *const data[] = { "DATA", NULL };

	client_put(&s->client, data);
}

static int
ask_at_once(struct sending *s, size_t end, int data)
{
	struct addressee *asked[OFFER_RCPTMAX];
	size_t n = 0;
	size_t i;

	proposal_mail(s);
	for (i = 0; i < end; i++) {
		if (s->to.one[i].state != ADDRESSEE_OFFERED) continue;
		asked[n++] = &s->to.one[i];
		proposal_rcpt(s, &s->to.one[i]);
	}
	if (data) put_data(s);
	if (!proposal_mail_answer(s)) return 0;
	for (i = 0; i < n; i++)
		if (!proposal_rcpt_answer(s, asked[i])) return 0;
	return 1;
}

/* 0 if nothing more can be asked: all are told. */
static int
ask(struct sending *s, size_t end, int data)
{
	if (!sending_in_step(s, "MAIL")) return 0;
	return may(s->request.pipelines, s->offer.pipelining) ? ask_at_once(s, end, data)
	                                                      : ask_one_by_one(s, end);
}

/* Answers to MAIL and RCPT are in: who too many were, and with -1 whether all were taken. */
static void
sort(struct sending *s)
{
	size_t i;

	if (!addressee_count(&s->to, ADDRESSEE_ACCEPTED)) {
		addressee_move(&s->to, ADDRESSEE_DEFERRED, ADDRESSEE_SETTLED);
		return;
	}
	/* To all means now: the next transaction may refuse who was one too many in this. */
	addressee_move(
	    &s->to, ADDRESSEE_DEFERRED, s->request.all ? ADDRESSEE_SETTLED : ADDRESSEE_WAITING);
	if (!s->request.all) return;
	for (i = 0; i < s->to.count; i++) {
		struct addressee const *a = &s->to.one[i];

		if (a->state != ADDRESSEE_SETTLED || a->outcome.code / 100 == 2) continue;
		sending_give_up(s, a->outcome.code / 100 == 5 ? &f_all : &f_later, NULL);
	}
}

/*
 * DATA was sent before it was known that nobody would be there: RFC 2920 3.1.
 * In LMTP nobody gets no answer to the dot, and none can be waited for: RFC 2033
 * 4.2 wants 503 here. Whoever was accepted all the same must not get an empty
 * message.
 */
static int
undo_data(struct sending *s)
{
	static char const *const dot[] = { ".", NULL };
	struct outcome const *o;

	s->phase = "DATA";
	o = client_hear(&s->client, DATA_SECS);
	if (!o || o->code / 100 != 3) return o && o->code != 421;
	if (s->request.lmtp || s->absurd) return 0;
	client_put(&s->client, dot);
	return client_hear(&s->client, DOT_SECS) != NULL;
}

/* 354, or those accepted are told. */
static int
data_answer(struct sending *s)
{
	struct outcome const *o;
	struct outcome space;

	s->phase = "DATA";
	o = client_hear(&s->client, DATA_SECS);
	if (!o || o->code == 421) return sending_fail(s, o);
	if (o->code == 354) return 1;
	addressee_settle(&s->to, ADDRESSEE_ACCEPTED, sending_sense(s, o, &space));
	return 0;
}

static int
reset(struct sending *s)
{
	static char const *const rset[] = { "RSET", NULL };
	struct outcome const *o;

	if (!sending_in_step(s, "RSET")) return 0;
	client_put(&s->client, rset);
	o = client_hear(&s->client, COMMAND_SECS);
	if (!o || o->code == 421) return sending_fail(s, o);
	/* A refusal of it is none of those who wait. */
	return o->code / 100 == 2 ? 1 : sending_give_up(s, &f_odd, s->phase);
}

/* RFC 5321 4.1.1.5: what was begun and not ended would refuse the next MAIL. */
static void
leave(struct sending *s)
{
	if (s->open && addressee_count(&s->to, ADDRESSEE_WAITING)) reset(s);
}

void
sending_transact(struct sending *s)
{
	int bdat = chunked(s);
	int early = !bdat && !s->request.all && may(s->request.pipelines, s->offer.pipelining);
	size_t end = choose(s);

	if (!ask(s, end, early)) return;
	sort(s);
	if (!addressee_count(&s->to, ADDRESSEE_ACCEPTED)) {
		if (early && !undo_data(s)) sending_fail(s, NULL);
		leave(s);
		return;
	}
	if (!early && !sending_in_step(s, bdat ? "the message" : "DATA")) return;
	if (!bdat && !early) put_data(s);
	if (!bdat && !data_answer(s)) {
		leave(s);
		return;
	}
	if (!sending_data(s, bdat)) leave(s);
}
