/* Three messages: the name, from the monitor; descriptors 0 and 1, from the talker. */

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/deadline.h"
#include "ftp/facts.h"
#include "ftp/handover.h"
#include "ftp/hash.h"
#include "ftp/session.h"
#include "ftp/xferlog.h"
#include "lib/packet.h"
#include "lib/safe.h"

enum {
	PATIENCE = 10000, /* milliseconds for what is sent without waiting for anybody */
	SPENT_MOST = 7200 /* seconds: more than any login may take */
};

enum { TLS_ON = 1, TLS_CONTROL = 2, TLS_PBSZ = 4, TLS_PRIVATE = 8, TLS_ALL = 15 };

/*
 * What was settled before the login, as text of the first of the talker's
 * messages. t/ftp-login-talker.bats forges one: it knows the number of fields.
 */
struct settled {
	uint32_t ascii;
	uint32_t facts;
	uint32_t hash; /* enum digest_kind */
	uint32_t errors;
	uint32_t telnet; /* enum telnet_state */
	uint32_t asked;
	uint32_t inside;
	uint32_t refused;
	uint32_t spent; /* seconds of the session */
	uint32_t tls;   /* TLS_ bits, then STARTTLS_CONTROL comes in a third message */
	char protocol[STARTTLS_WORD]; /* with TLS_ON: of struct starttls */
};

/* n bytes as text; messages end with a 0. */
static void
fill(struct monitor_message *m, uint32_t number, void const *bytes, size_t n)
{
	monitor_begin(m, MONITOR_CONTROL, number);
	memcpy(m->text, bytes, n);
	m->text[n] = 0;
	m->len = (uint32_t)n + 1;
}

static uint32_t
tls_bits(struct session const *s)
{
	if (!(s->state & S_TLS)) return 0;
	return TLS_ON | (s->tls.provider ? TLS_CONTROL : 0) | (s->state & S_PBSZ ? TLS_PBSZ : 0)
	    | (s->state & S_PRIVATE ? TLS_PRIVATE : 0);
}

int
handover_give(struct session *s, int socket)
{
	struct control *c = &s->control;
	struct settled settled = { .ascii = (s->state & S_ASCII) != 0,
		.facts = s->facts,
		.hash = s->hash,
		.errors = s->errors,
		.telnet = c->telnet.state,
		.asked = c->telnet.asked,
		.inside = c->telnet.inside,
		.refused = c->telnet.refused,
		.spent = deadline_spent(s),
		.tls = tls_bits(s) };

	memcpy(settled.protocol, s->tls.protocol, sizeof settled.protocol);
	fill(&s->message, 0, &settled, sizeof settled);
	if (!packet_send(socket, &s->message, 0)) return 0;
	fill(&s->message, 1, c->queue + c->at, c->len - c->at);
	if (!packet_send(socket, &s->message, 1)) return 0;
	if (!(settled.tls & TLS_CONTROL)) return 1;
	fill(&s->message, 2, "", 0);
	return packet_send(socket, &s->message, STARTTLS_CONTROL);
}

/* The next message, of that kind; *fd is what came with it, or -1. */
static enum handover
hear(struct monitor_message *m, uint32_t kind, int *fd)
{
	struct pollfd x = { .fd = 0, .events = POLLIN };
	int r;

	*fd = -1;
	if (poll(&x, 1, PATIENCE) != 1) return HANDOVER_FOUL;
	r = packet_receive(0, m, fd);
	if (r == 0) return HANDOVER_GONE;
	return r == 1 && m->kind == kind && m->len > 0 ? HANDOVER_DONE : HANDOVER_FOUL;
}

static enum handover
take_name(struct session *s)
{
	struct monitor_message *m = &s->message;
	int log;
	enum handover r = hear(m, MONITOR_NAME, &log);

	if (r != HANDOVER_DONE) return r;
	if (!xferlog_take(s, log)) return HANDOVER_FOUL;
	if (m->len > sizeof s->asked || strlen(m->text) + 1 != m->len
	    || !safe_is(m->text, m->len - 1, 1))
		return HANDOVER_FOUL;
	memcpy(s->asked, m->text, m->len);
	safe_text(s->user, sizeof s->user, m->text, m->len - 1);
	s->id = m->number;
	return HANDOVER_DONE;
}

static void
take_tls(struct session *s, uint32_t bits, char const *protocol)
{
	if (!bits) return;
	memcpy(s->tls.protocol, protocol, sizeof s->tls.protocol);
	s->state |= S_TLS | (bits & TLS_PBSZ ? (unsigned int)S_PBSZ : 0)
	    | (bits & TLS_PRIVATE ? (unsigned int)S_PRIVATE : 0);
	s->tls.active = 1;
	s->tls.provider = (bits & TLS_CONTROL) != 0;
}

/* The way to tls-io, for data connections; -1 if there is none. */
static enum handover
take_control(struct session *s, int *fd)
{
	enum handover r;

	*fd = -1;
	if (!s->tls.provider) return HANDOVER_DONE;
	r = hear(&s->message, MONITOR_CONTROL, fd);
	if (r == HANDOVER_DONE && (*fd == -1 || s->message.number != 2)) return HANDOVER_FOUL;
	return r;
}

/* 0 is where they came from, so it goes last; none may fall on another. */
static int
settle(int in, int out, int control)
{
	if (fd_move(0, in) == -1 || fd_move(1, out) == -1) return 0;
	if (control == -1) return 1;
	return fd_move(STARTTLS_CONTROL, control) != -1 && coe(STARTTLS_CONTROL) != -1;
}

static int
take_settled(struct session *s)
{
	struct telnet *t = &s->control.telnet;
	struct settled settled;

	if (s->message.number != 0 || s->message.len != sizeof settled + 1) return 0;
	memcpy(&settled, s->message.text, sizeof settled);
	if (settled.ascii > 1 || settled.facts > FACT_ALL || settled.errors > SESSION_ERRORS_BEFORE
	    || settled.hash > DIGEST_KINDS || settled.telnet > TELNET_SB_IAC || settled.asked > 255
	    || settled.refused > TELNET_ANSWERS || settled.spent > SPENT_MOST
	    || settled.tls > TLS_ALL || (settled.tls && !(settled.tls & TLS_ON))
	    || (settled.tls & TLS_PRIVATE && !(settled.tls & TLS_CONTROL))
	    || !memchr(settled.protocol, 0, sizeof settled.protocol))
		return 0;
	if (!settled.ascii) s->state &= ~(unsigned int)S_ASCII;
	take_tls(s, settled.tls, settled.protocol);
	s->facts = settled.facts;
	s->errors = settled.errors;
	s->spent = settled.spent;
	/* The user's policy may offer others: then its first one stays chosen. */
	(void)hash_choose(s, (enum digest_kind)settled.hash);
	t->state = (enum telnet_state)settled.telnet;
	t->asked = (unsigned char)settled.asked;
	t->inside = settled.inside;
	t->refused = settled.refused;
	return 1;
}

static int
take_queue(struct session *s)
{
	struct control *c = &s->control;

	if (s->message.number != 1 || s->message.len > sizeof c->queue) return 0;
	c->len = s->message.len - 1;
	memcpy(c->queue, s->message.text, c->len);
	c->begun = 2;
	return 1;
}

enum handover
handover_take(struct session *s)
{
	struct monitor_message *m = &s->message;
	enum handover r;
	int in;
	int out;
	int control;

	monitor_begin(m, MONITOR_READY, 0);
	if (!packet_send(0, m, -1)) return HANDOVER_GONE;
	r = take_name(s);
	if (r == HANDOVER_DONE) r = hear(m, MONITOR_CONTROL, &in);
	if (r != HANDOVER_DONE) return r;
	if (!take_settled(s)) return HANDOVER_FOUL;
	r = hear(m, MONITOR_CONTROL, &out);
	if (r != HANDOVER_DONE) return r;
	if (in == -1 || out == -1 || !take_queue(s)) return HANDOVER_FOUL;
	r = take_control(s, &control);
	if (r != HANDOVER_DONE) return r;
	if (!settle(in, out, control)) return HANDOVER_FOUL;
	s->state |= S_LOGIN;
	return HANDOVER_DONE;
}
