/* PASV, EPSV: RFC 959 4.1.2, RFC 2428 3. */

#include <string.h>
#include <strings.h>

#include <skalibs/ip46.h>
#include <skalibs/types.h>

#include "ftp/append.h"
#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/shown.h"

/* h1,h2,h3,h4,p1,p2 of the address the client is to connect to. */
static void
numbers(struct session const *s, char *p, uint16_t port)
{
	ip46 ip;
	size_t i;

	shown_address(s, &ip);
	port = shown_port(s, port);
	for (i = 0; i < 4; i++) {
		p = append_number(p, (unsigned char)ip.ip[i], 1, '0');
		*p++ = ',';
	}
	p = append_number(p, port >> 8, 1, '0');
	*p++ = ',';
	*append_number(p, port & 255, 1, '0') = 0;
}

struct reply const *
ftp_pasv(struct session *s, char *arg)
{
	char text[32];
	uint16_t port;

	if (arg[0]) return &r_pasv_argument;
	if (s->state & S_EPSV_ALL) return &r_epsv_all;
	if (!s->peer.remote || !s->peer.here) return &r_no_transport;
	if (s->peer.local.is6) return &r_use_epsv;
	port = data_listen(s);
	if (!port) return &r_no_port;
	numbers(s, text, port);
	return reply_fill(&s->said, s->text, &r_passive, text);
}

struct reply const *
ftp_epsv(struct session *s, char *arg)
{
	char fmt[UINT_FMT];
	uint16_t port;
	int six = s->peer.local.is6;

	if (strcasecmp(arg, "ALL") == 0) {
		s->state |= S_EPSV_ALL;
		return &r_epsv_all_ok;
	}
	if (arg[0] && arg[strspn(arg, "0123456789")]) return &r_bad_argument;
	if (!s->peer.remote || !s->peer.here) return &r_no_transport;
	if (arg[0] && strcmp(arg, six ? "2" : "1") != 0) return six ? &r_family_2 : &r_family_1;
	port = data_listen(s);
	if (!port) return &r_no_port;
	fmt[uint_fmt(fmt, shown_port(s, port))] = 0;
	return reply_fill(&s->said, s->text, &r_extended, fmt);
}
