/* PORT, EPRT: RFC 959 4.1.2, RFC 2428 2; what may be connected to. */

#include <string.h>

#include <skalibs/ip46.h>
#include <skalibs/types.h>

#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"

/*
 * The bounce attack (CVE-1999-0017): we connect to nobody but the client, and
 * to none of the ports on which services listen.
 */
static struct reply const *
target(struct session *s, ip46 const *ip, uint16_t port, struct reply const *ok)
{
	if (port < DATA_PRIVILEGED || (!s->policy[FTP_FXP].number && !peer_is(&s->peer, ip)))
		return &r_bad_port;
	data_target(s, ip, port);
	return ok;
}

/* Six numbers to 255, commas between, and nothing else. */
static int
six_numbers(char const *arg, unsigned char *out)
{
	size_t i;

	for (i = 0; i < 6; i++) {
		size_t digits = strspn(arg, "0123456789");
		unsigned int u;

		if (!digits || !uint_scan(arg, &u) || u > 255) return 0;
		out[i] = (unsigned char)u;
		arg += digits;
		if (*arg != (i < 5 ? ',' : 0)) return 0;
		arg++;
	}
	return 1;
}

struct reply const *
ftp_port(struct session *s, char *arg)
{
	unsigned char n[6];
	ip46 ip;

	if (s->state & S_EPSV_ALL) return &r_epsv_all;
	if (!six_numbers(arg, n)) return &r_bad_argument;
	if (!s->peer.remote || !s->peer.here) return &r_no_transport;
	if (s->peer.ip.is6) return &r_use_eprt;
	memset(&ip, 0, sizeof ip);
	memcpy(ip.ip, n, 4);
	return target(s, &ip, (uint16_t)(n[4] << 8 | n[5]), &r_port_ok);
}

/* Cut arg at the next delimiter. NULL if there is none. */
static char *
field(char **arg, char delimiter)
{
	char *start = *arg;
	char *end = strchr(start, delimiter);

	if (!end) return NULL;
	*end = 0;
	*arg = end + 1;
	return start;
}

struct reply const *
ftp_eprt(struct session *s, char *arg)
{
	char delimiter = arg[0];
	char *family;
	char *address;
	char *number;
	uint16_t port;
	ip46 ip;

	if (s->state & S_EPSV_ALL) return &r_epsv_all;
	if (delimiter < 33 || delimiter > 126) return &r_bad_argument;
	arg++;
	family = field(&arg, delimiter);
	address = family ? field(&arg, delimiter) : NULL;
	number = address ? field(&arg, delimiter) : NULL;
	if (!number || *arg || !uint160_scan(number, &port)) return &r_bad_argument;
	if (!s->peer.remote || !s->peer.here) return &r_no_transport;
	if (strcmp(family, "1") != 0 && strcmp(family, "2") != 0)
		return s->peer.ip.is6 ? &r_family_2 : &r_family_1;
	if (!*address || peer_scan(address, &ip) != strlen(address)) return &r_bad_argument;
	if ((family[0] == '2') != (strchr(address, ':') != NULL)) return &r_bad_argument;
	if (ip.is6 != s->peer.ip.is6) return s->peer.ip.is6 ? &r_family_2 : &r_family_1;
	return target(s, &ip, port, &r_eprt_ok);
}
