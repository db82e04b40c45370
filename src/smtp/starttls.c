/* STARTTLS: RFC 3207. */

#include <sys/socket.h>

#include "smtp/auth.h"
#include "smtp/breakoff.h"
#include "smtp/event.h"
#include "smtp/replies.h"
#include "smtp/session.h"
#include "smtp/switch.h"
#include "smtp/tls.h"

enum { READY = 10 /* seconds, to load a key */ };

static int
tell_monitor(struct session *s)
{
	struct monitor_message *m = &s->message;
	struct starttls const *t = &s->tls;

	monitor_begin(m, MONITOR_TLS, 0);
	return (!t->protocol[0] || monitor_add(m, "SSL_PROTOCOL", t->protocol))
	    && (!t->cipher[0] || monitor_add(m, "SSL_CIPHER", t->cipher))
	    && monitor_tell(&s->monitor, m, -1);
}

/* But for who failed to log in how often: that the monitor counts too. */
static void
forget(struct session *s)
{
	unsigned int heard = S_HELO | S_EHLO | S_LATCHED | S_LF;

	breakoff_reset(s);
	envelope_reset(s);
	auth_forget(s);
	s->state &= ~heard;
	if (extension_on(s, EXT_NOHELO)) s->state |= S_HELO;
	s->helo[0] = 0;
	s->owed.id[0] = 0;
	s->greetings = s->errors = s->refused = s->idle = s->small = 0;
}

static void
renew(struct session *s)
{
	buffer_init(&s->in, &buffer_read, 0, s->inspace, sizeof s->inspace);
	buffer_init(&s->out, &buffer_write, 1, s->outspace, sizeof s->outspace);
	s->line.whole = 1;
	s->line.drained = 1;
	s->connection.patient = 0;
	s->socket = s->tls_socket;
	s->waits = 1;
}

void
starttls_switch(struct session *s)
{
	s->state &= ~(unsigned int)S_BEGIN;
	session_deadline(s);
	if (!session_flush(s)) return;
	forget(s);
	if (!starttls_begin(&s->tls, &s->deadline) || !tell_monitor(s)) {
		/* No word and no look more at what may be half TLS; who waits for its rest learns it. */
		s->state |= S_GONE;
		(void)shutdown(1, SHUT_RDWR);
		session_end(s, "tls-fail", 1);
		return;
	}
	/* tls-session could be asked for more, which is for data connections. */
	starttls_drop(&s->tls);
	renew(s);
	s->state |= S_TLS;
	event_tls(s);
}

/* Only what comes after the 220 may be TLS: what is there now was said in the clear. */
static int
said_more(struct session const *s)
{
	return !buffer_isempty(&s->in) || starttls_early();
}

struct reply const *
smtp_starttls(struct session *s, char *arg)
{
	tain deadline;

	(void)arg;
	if (s->state & S_TLS) return &r_tls_again;
	if (!tls_offered(s)) return tls_missing(s) ? &r_no_tls : &r_none;
	if (said_more(s)) {
		event_junk(s, "behind-starttls");
		session_end(s, "junk", 1);
		return &r_behind;
	}
	tain_now_g();
	tain_addsec_g(&deadline, READY);
	if (!starttls_ready(&s->tls, &deadline)) return &r_no_tls;
	s->state |= S_BEGIN;
	return &r_begin_tls;
}
