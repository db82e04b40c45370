/* FTP_PASV_ADDR, FTP_PASV_ADDR_MAP, FTP_PASV_OFFSET. */

#include <skalibs/types.h>

#include "ftp/networks.h"
#include "ftp/session.h"
#include "ftp/shown.h"

/* The offset, as a number whose sum with a port is right modulo 65536. */
static int
scan_offset(struct session *s)
{
	struct policy_value *v = &s->policy[FTP_PASV_OFFSET];
	uint64_t ports = s->policy[FTP_PASV_PORTS].number;
	int lo = (int)(ports >> 16);
	int hi = (int)(ports & 0xffff);
	int offset;

	if (!int0_scan(v->text, &offset) || offset < -65535 || offset > 65535) return 0;
	v->number = (uint64_t)offset;
	return offset == 0 || (ports && lo + offset > 0 && hi + offset <= 65535);
}

char const *
shown_wrong(struct session *s)
{
	char const *fixed = s->policy[FTP_PASV_ADDR].text;
	char const *map = s->policy[FTP_PASV_ADDR_MAP].text;
	ip46 ip = IP46_ZERO;

	if (fixed && (!ip46_scan(fixed, &ip) || ip.is6))
		return "FTP_PASV_ADDR: not an IPv4 address";
	if (map && networks_map(map, &ip, &ip) == -1)
		return "FTP_PASV_ADDR_MAP: not network=IPv4 address, commas between";
	if (networks_have(s->policy[FTP_PASV_PEER].text, &ip, &ip) == -1)
		return "FTP_PASV_PEER: not exact, any, /bits or networks, commas between";
	if (!scan_offset(s))
		return "FTP_PASV_OFFSET: not a number that leaves FTP_PASV_PORTS within 1 to 65535";
	return NULL;
}

void
shown_address(struct session const *s, ip46 *ip)
{
	char const *fixed = s->policy[FTP_PASV_ADDR].text;
	char const *map = s->policy[FTP_PASV_ADDR_MAP].text;

	if (map && networks_map(map, &s->peer.ip, ip) == 1) return;
	*ip = s->peer.local;
	if (fixed) ip46_scan(fixed, ip);
}

uint16_t
shown_port(struct session const *s, uint16_t port)
{
	return (uint16_t)(port + s->policy[FTP_PASV_OFFSET].number);
}
