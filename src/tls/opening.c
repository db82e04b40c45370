/* The handshake: RFC 8446 2, RFC 7301 3.2. */

#include <errno.h>
#include <poll.h>

#include <skalibs/tai.h>

#include <tls.h>

#include "lib/note.h"
#include "tls/clienthello.h"
#include "tls/control.h"
#include "tls/opening.h"
#include "tls/patience.h"
#include "tls/relay.h"

static int
refused(struct control const *c, char const *event, char const *why)
{
	struct note n;

	note_begin(&n, c->peer, event);
	if (why) note_text(&n, "why", why);
	note_end(&n);
	return 0;
}

/* no_application_protocol, fatal: all that is said in the clear. */
static void
alert(struct wire *w)
{
	static unsigned char const record[] = { 21, 3, 3, 0, 2, 2, 120 };

	(void)wire_write(NULL, record, sizeof record, w);
	(void)wire_flush(w);
}

static int
greet(struct wire *w, struct control const *c, tain const *deadline)
{
	char const *ours = c->policy[TLS_ALPN].text;

	for (;;) {
		enum clienthello is = clienthello_read(w->inspace, w->filled, ours);

		switch (is) {
		case CLIENTHELLO_OURS:
		case CLIENTHELLO_FREE: return 1;
		case CLIENTHELLO_ALIEN: alert(w); return refused(c, "tls-protocol", NULL);
		case CLIENTHELLO_BAD: return refused(c, "tls-fail", "no ClientHello");
		case CLIENTHELLO_MORE: break;
		}
		if (wire_fill(w) > 0) continue;
		if (w->ended) return refused(c, "tls-fail", "connection lost");
		if (!patience_wait(w->in, POLLIN, deadline))
			return refused(c, "tls-fail", "no ClientHello in time");
	}
}

static int
shake(struct relay *r, struct control const *c, tain const *deadline)
{
	char const *why;

	return relay_handshake(r, deadline, &why) || refused(c, "tls-fail", why);
}

int
opening_accept(struct relay *r, struct control const *c, tain const *deadline)
{
	if (!greet(r->wire, c, deadline)) return 0;
	if (tls_accept_cbs(c->server, &r->tls, wire_read, wire_write, r->wire) == -1)
		return refused(c, "tls-fail", tls_error(c->server));
	return shake(r, c, deadline);
}

int
opening_connect(struct relay *r, struct control const *c, char const *name, tain const *deadline)
{
	r->tls = c->server;
	if (tls_connect_cbs(r->tls, wire_read, wire_write, r->wire, name) == -1)
		return refused(c, "tls-fail", tls_error(r->tls));
	return shake(r, c, deadline);
}
