/* smtp-send: one message to one server. RFC 5321, RFC 2033. */

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/buffer.h>
#include <skalibs/djbunix.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "lib/confine.h"
#include "lib/peer.h"
#include "smtp/fates.h"
#include "smtp/proposal.h"
#include "smtp/report.h"
#include "smtp/sending.h"

#define USAGE \
	"smtp-send [-1ikLNQruv] [-8 fail|send] [-a mechanism,...] [-A insecure] [-c crlf] [-e envid] [-f file] [-h helo] [-m bytes] [-n notify] [-p auto|on|off] [-P file] [-R full|hdrs] [-s opportunistic|require|never|active] [-t secs] [-z auto|on|off] sender recipient ..."

enum { MESSAGE_FD = 3, SECRET_FD = 3, HELO = PEER_HOST + 8 };

/* Descriptor 1, where that is not the connection. */
static buffer *
report_to(struct request const *r)
{
	return r->inherits ? buffer_2 : buffer_1;
}

/* class, 4 or 5, is for qmail only. */
static void
fault(struct request const *r, unsigned int class, char const *why)
{
	if (r->qmail) {
		report_qmail_fault(report_to(r), class, why);
		_exit(0);
	}
	strerr_dief(100, why, "; usage: " USAGE);
}

/* With -Q the options are an administrator's, whose mistakes bounce no mail. */
static void
usage(struct request const *r, char const *why)
{
	fault(r, 4, why);
}

/* With -Q an address comes bare. Returns it as it is sent. */
static char const *
quoted(struct request const *r, char const *bare, char *space)
{
	char const *why = NULL;

	if (!bare[0])
		why = "an empty address";
	else if (!address_quote(space, bare))
		why = "an address of over 511 bytes";
	else
		why = address_fault(space, r->utf8);
	if (why) fault(r, 5, why);
	return space;
}

static void
name_addressees(struct sending *s)
{
	static char space[ADDRESSEES + 1][ADDRESS_MAX];
	struct request *r = &s->request;
	size_t i;

	s->to.count = r->count;
	for (i = 0; i < r->count; i++)
		s->to.one[i].address =
		    r->qmail ? quoted(r, r->recipients[i], space[i]) : r->recipients[i];
	if (r->qmail && r->sender[0]) r->sender = quoted(r, r->sender, space[i]);
}

static void
close_between(unsigned int first, unsigned int last, unsigned int keep)
{
	if (keep < first || keep > last) {
		(void)syscall(SYS_close_range, first, last, 0U);
		return;
	}
	if (keep > first) (void)syscall(SYS_close_range, first, keep - 1, 0U);
	if (keep < last) (void)syscall(SYS_close_range, keep + 1, last, 0U);
}

/* Who we are: nobody else is to see that, so it comes by a descriptor or a file. */
static void
read_credentials(struct sending *s)
{
	struct request const *r = &s->request;
	char const *from = r->secrets ? r->secrets : "descriptor 3";
	char const *why;
	int fd = SECRET_FD;

	if (!r->mechanisms) return;
	if (r->secrets) fd = openbc_read(r->secrets);
	if (fd == -1) strerr_diefusys(111, "open ", from);
	why = credentials_read(&s->credentials, fd);
	if (why && errno) strerr_diefusys(111, "read the login from ", from);
	if (why) strerr_dief(111, "the login from ", from, ": ", why);
	fd_close(fd);
}

/* What whoever called left open besides is nobody's business here. */
static void
open_letter(struct sending *s)
{
	struct request const *r = &s->request;
	char const *env = getenv("TMPDIR");
	char const *dir = env && env[0] ? env : "/tmp";
	int fd = r->inherits ? MESSAGE_FD : 0;

	if (r->file) fd = openbc_read(r->file);
	if (fd != -1) {
		close_between(3, 5, (unsigned int)fd);
		close_between(s->tls.offered ? STARTTLS_CLIENT_LAST + 1 : 8, ~0U, (unsigned int)fd);
	}
	if (fd != -1 && letter_open(&s->letter, fd, r->framed, r->spool, dir)) return;
	if (fd != -1 && s->letter.fd == -1) strerr_diefusys(111, "make a file in ", dir);
	strerr_diefusys(111, "read the message", r->file ? " " : "", r->file ? r->file : "");
}

static void
open_connection(struct sending *s)
{
	struct client *c = &s->client;
	int one = 1;

	c->in = s->request.inherits ? 0 : 6;
	c->out = s->request.inherits ? 1 : 7;
	c->secs = s->request.secs;
	c->verbose = s->request.verbose;
	if (fcntl(c->in, F_GETFL) == -1 || fcntl(c->out, F_GETFL) == -1)
		usage(&s->request, "no connection on descriptors 6 and 7: run it under tcpclient");
	if (ndelay_on(c->in) == -1 || ndelay_on(c->out) == -1 || !sig_ignore(SIGPIPE)
	    || !sig_ignore(SIGXFSZ) || !tain_now_set_stopwatch_g())
		strerr_diefusys(111, "set up the connection");
	(void)setsockopt(c->out, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static void
look_for_tls(struct sending *s)
{
	struct request const *r = &s->request;

	s->tls.active = r->secure == SECURE_ACTIVE || starttls_around(s->client.in);
	if (!s->tls.active && r->secure != SECURE_NEVER)
		starttls_take_client(&s->tls, s->client.in);
	if (r->secure == SECURE_REQUIRE && !s->tls.active && !s->tls.offered)
		usage(r, "-s require, and nobody offers TLS: run it under tls-session -c");
}

/* What EHLO says: our name, else our address as a literal, RFC 5321 4.1.3. */
static void
choose_helo(struct sending *s)
{
	static char helo[HELO];
	static struct peer p;
	char *end = helo;

	if (s->request.helo) return;
	peer_get(&p, s->client.in);
	s->request.helo = p.name[0] ? p.name : "localhost";
	if (p.name[0] || !p.here) return;
	end = stpcpy(end, p.local.is6 ? "[IPv6:" : "[");
	end = stpcpy(end, p.localtext);
	memcpy(end, "]", 2);
	s->request.helo = helo;
}

/* Nothing is read from the network before this; nothing is opened after it. */
static void
close_walls(void)
{
	struct confinement c = { .files = CONFINE_NONE, .calls = CONFINE_SEND };
	unsigned int missing;

	if (!confine(&c, &missing)) strerr_diefusys(111, "confine this process");
	if (missing & CONFINE_NO_LANDLOCK) strerr_warnw("not confined: no Landlock in this kernel");
	if (missing & CONFINE_NO_SECCOMP) strerr_warnw("not confined: no seccomp in this kernel");
}

/* What this server can never be given, all of it being known beforehand. */
static struct fate const *
unfit(struct sending const *s)
{
	struct measure const *m = &s->letter.measure;

	if (s->offer.limit && letter_whole(&s->letter) && measure_octets(m) > s->offer.limit)
		return &f_big;
	if (s->request.requires && !(s->tls.active && s->offer.requiretls)) return &f_requiretls;
	if (m->eight && !s->offer.eightbit && !s->request.eight) return &f_eight;
	return proposal_eight(s) && !s->offer.smtputf8 ? &f_utf8 : NULL;
}

static void
send_all(struct sending *s)
{
	struct fate const *f;

	if (!sending_open(s) || !sending_secure(s) || !sending_login(s)) return;
	f = unfit(s);
	while (!f && s->open && addressee_count(&s->to, ADDRESSEE_WAITING)) {
		if (!letter_rewind(&s->letter))
			f = &f_again;
		else if (s->offer.mailmax-- == 0)
			f = &f_enough;
		else
			sending_transact(s);
	}
	if (f) sending_give_up(s, f, NULL);
}

static int
unsendable(struct sending const *s)
{
	struct measure const *m = &s->letter.measure;

	return measure_bare_cr(m) || (s->request.strict && measure_bare_lf(m));
}

static int
report(struct sending const *s)
{
	buffer *b = report_to(&s->request);

	if (s->request.qmail) return report_qmail(b, &s->to, s->request.host);
	return report_lines(b, &s->to);
}

int
main(int argc, char const *const *argv)
{
	static struct sending s;
	char const *why;

	PROG = "smtp-send";
	if (!fd_ensure_open(1, 1) || !fd_ensure_open(2, 1)) return 111;
	why = request_parse(&s.request, argc, argv);
	if (why) usage(&s.request, why);
	name_addressees(&s);
	open_connection(&s);
	choose_helo(&s);
	look_for_tls(&s);
	read_credentials(&s);
	open_letter(&s);
	close_walls();
	if (unsendable(&s)) {
		s.open = 0;
		sending_give_up(&s, &f_bare, NULL);
	} else
		send_all(&s);
	if (!report(&s)) strerr_warnwusys("write the report");
	sending_close(&s);
	return s.request.qmail ? 0 : report_code(&s.to);
}
