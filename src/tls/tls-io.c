/* tls-io: TLS between the network and one session, with the key. RFC 8446, RFC 5246. */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include <tls.h>

#include "lib/confine.h"
#include "lib/note.h"
#include "lib/peer.h"
#include "tls/control.h"
#include "tls/descriptors.h"
#include "tls/material.h"
#include "tls/opening.h"
#include "tls/policies.h"
#include "tls/relay.h"

#define USAGE "tls-io [ -c ] -n | -R | -Y | -y | -i"

static struct tls *
load(int client, struct policy_value *values, char *why)
{
	char policy_why[POLICY_WHY] = "";

	if (!policy_read(tls_policies, values, policy_why)) {
		memcpy(why, policy_why, sizeof policy_why);
		return NULL;
	}
	if (client && !values[TLS_NAME].text) values[TLS_NAME].text = getenv("TCPREMOTEHOST");
	return client ? material_client(values, why) : material_server(values, why);
}

/* From here on no file, no program, no network but what is open. */
static int
close_walls(void)
{
	struct confinement c = { .files = CONFINE_NONE, .calls = CONFINE_TLS };
	unsigned int missing;

	/* Else it is read when the times of a client's certificate are looked at. */
	tzset();
	if (!confine(&c, &missing)) return 0;
	if (missing & CONFINE_NO_LANDLOCK) strerr_warnw("no Landlock here");
	if (missing & CONFINE_NO_SECCOMP) strerr_warnw("no seccomp here");
	return 1;
}

/* The session asked whether TLS can be had: say so, and wait for its y or Y. */
static int
stand_by(int fd)
{
	char c = CONTROL_GOOD;

	if (send(fd, &c, 1, MSG_NOSIGNAL) != 1) return 0;
	return read(fd, &c, 1) == 1 && (c == 'y' || c == 'Y') ? c : 0;
}

static int
serve(struct relay *r, struct control *c, int client, char how)
{
	struct policy_value const *v = c->policy;
	char const *name = v[TLS_NAME].text;
	tain deadline;

	if (how == CONTROL_READY) {
		how = (char)stand_by(c->fd);
		if (!how) return 0;
	}
	if (ndelay_on(0) == -1 || ndelay_on(1) == -1 || ndelay_on(TLS_IO_PLAIN) == -1) {
		strerr_warnwusys("set up the connection");
		return 111;
	}
	tain_now_g();
	tain_addsec_g(&deadline, (int)v[TLS_HANDSHAKE].number);
	if (!(client ? opening_connect(r, c, name, &deadline) : opening_accept(r, c, &deadline)))
		return 111;
	if (how != 'y' && !control_report(c, r->tls)) return 111;
	/* Who knows only UCSPI-TLS may wait for the end of it. */
	if (!c->extended) {
		close(c->fd);
		c->fd = -1;
	}
	relay_run(r, c);
	return 0;
}

int
main(int argc, char const *const *argv)
{
	static struct wire wire = { .in = 0, .out = 1 };
	static struct relay relay = { .wire = &wire, .plain = TLS_IO_PLAIN };
	static struct policy_value values[TLS_POLICIES];
	static struct peer peer;
	struct control control = { .fd = TLS_IO_CONTROL, .policy = values, .peer = &peer };
	subgetopt l = SUBGETOPT_ZERO;
	char why[MATERIAL_WHY] = "";
	char bad = CONTROL_BAD;
	int client = 0;
	char how = 0;
	int one = 1;
	int opt;

	PROG = "tls-io";
	while ((opt = subgetopt_r(argc, argv, "cniRYy", &l)) != -1) {
		switch (opt) {
		case 'c': client = 1; break;
		case 'n':
		case 'i':
		case 'R':
		case 'Y':
		case 'y': how = (char)opt; break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (!how || argc != l.ind) strerr_dieusage(100, USAGE);
	/* Before there is a key: nobody of the same user reads it in this memory. */
	if (prctl(PR_SET_DUMPABLE, 0) == -1 || !tain_now_set_stopwatch_g() || !sig_ignore(SIGPIPE))
		strerr_diefusys(111, "start");
	peer_get(&peer, 0);
	control.server = load(client, values, why);
	if (!control.server) {
		strerr_warn(PROG, ": fatal: ", why);
		if (how == CONTROL_READY) (void)send(TLS_IO_CONTROL, &bad, 1, MSG_NOSIGNAL);
		return 100;
	}
	if (how == 'n') return 0;
	control.extended = how == CONTROL_READY || how == 'i';
	/* What is small leaves at once: replies. Where it is no TCP there is nothing to do. */
	(void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (!close_walls()) strerr_diefusys(111, "confine the process");
	_exit(serve(&relay, &control, client, how));
}
