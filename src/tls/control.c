/* What a session asks while TLS is on: RFC 4217 10, the data connections. */

#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include <tls.h>

#include "lib/safe.h"
#include "lib/token.h"
#include "tls/control.h"
#include "tls/opening.h"
#include "tls/relay.h"
#include "tls/ticket.h"

enum { CHILDREN_MAX = 16, DATA_HANDSHAKE = 10, REPORT = 2048 };

/*
 * A ticket that this process has made is proof that it is the same client; one of
 * keys that other processes have too is none.
 */
static char
outcome(struct control const *c, struct tls *t)
{
	int own = c->policy[TLS_TICKETS].text == NULL;

	return own && tls_conn_session_resumed(t) ? CONTROL_RESUMED : CONTROL_FULL;
}

static _Noreturn void
carry(struct control *c, struct relay *r, int network, char n)
{
	tain deadline;
	int ends[2];

	tain_now_g();
	tain_addsec_g(&deadline, DATA_HANDSHAKE);
	r->wire->in = r->wire->out = network;
	if (!r->sending) ticket_none();
	if (ndelay_on(network) == -1 || !opening_accept(r, c, &deadline)
	    || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1) {
		(void)token_send(c->fd, n, CONTROL_BAD, -1);
		_exit(111);
	}
	if (!token_send(c->fd, n, outcome(c, r->tls), ends[0]) || ndelay_on(ends[1]) == -1)
		_exit(111);
	close(ends[0]);
	r->plain = ends[1];
	r->session = c->fd;
	r->tag = n;
	relay_run(r, NULL);
	_exit(0);
}

void
control_tell(struct relay const *r, char what)
{
	(void)token_send(r->session, r->tag, what, -1);
}

static int
is_asked(char what)
{
	return what == CONTROL_DATA || what == CONTROL_SEND;
}

static void
forget(struct control *c)
{
	close(c->fd);
	c->fd = -1;
}

void
control_serve(struct control *c, struct relay *r)
{
	char said[2];
	int network;
	pid_t pid;

	if (token_receive(c->fd, said, &network, 0) != 1 || !is_asked(said[0]) || network == -1) {
		if (network != -1) close(network);
		forget(c);
		return;
	}
	while (c->children && waitpid(-1, NULL, WNOHANG) > 0) c->children--;
	pid = c->children < CHILDREN_MAX ? fork() : -1;
	if (pid == 0) {
		close(r->plain);
		close(r->wire->in);
		if (r->wire->out != r->wire->in) close(r->wire->out);
		relay_reset(r);
		r->sending = said[0] == CONTROL_SEND;
		carry(c, r, network, said[1]);
	}
	if (pid == -1)
		(void)token_send(c->fd, said[1], CONTROL_BAD, -1);
	else
		c->children++;
	close(network);
}

/*
 * "NAME=value" and its 0. A value that is too long, or no line of text, is left out: programs
 * get it that put it into logs and messages, and a client names any server it likes.
 */
static size_t
add(char *s, size_t n, char const *name, char const *value)
{
	size_t k = strlen(name);
	size_t v = value ? strlen(value) : 0;

	if (!v || k + v + 2 > REPORT - 1 - n || !safe_is(value, v, 0)) return n;
	memcpy(s + n, name, k);
	s[n + k] = '=';
	memcpy(s + n + k + 1, value, v + 1);
	return n + k + v + 2;
}

int
control_report(struct control const *c, struct tls *t)
{
	char s[REPORT];
	size_t n = add(s, 0, "SSL_PROTOCOL", tls_conn_version(t));

	n = add(s, n, "SSL_CIPHER", tls_conn_cipher(t));
	n = add(s, n, "SSL_TLS_SNI_SERVERNAME", tls_conn_servername(t));
	if (tls_peer_cert_provided(t)) {
		n = add(s, n, "SSL_PEER_CERT_HASH", tls_peer_cert_hash(t));
		n = add(s, n, "SSL_PEER_CERT_SUBJECT", tls_peer_cert_subject(t));
	}
	s[n++] = 0;
	return send(c->fd, s, n, MSG_NOSIGNAL) == (ssize_t)n;
}
