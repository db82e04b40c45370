/* The peer: UCSPI-1996 variables, the socket, systemd's, xinetd's. */

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <skalibs/env.h>
#include <skalibs/types.h>

#include "lib/peer.h"

static void
unmap(ip46 *ip)
{
	static char const prefix[12] = "\0\0\0\0\0\0\0\0\0\0\377\377";
	char four[4];

	if (!ip->is6 || memcmp(ip->ip, prefix, 12) != 0) return;
	memcpy(four, ip->ip + 12, 4);
	ip46_from_ip4(ip, four);
}

size_t
peer_scan(char const *s, ip46 *ip)
{
	/* ip46_scan does not know the mixed notation of mapped addresses. */
	size_t mapped = strncasecmp(s, "::ffff:", 7) == 0 && strchr(s, '.') ? 7 : 0;
	size_t n = ip46_scan(s + mapped, ip);

	if (!n) return 0;
	unmap(ip);
	return n + mapped;
}

/* address, address%zone, address:port (busybox) or [address]:port. */
static int
scan_address(char const *s, ip46 *ip, uint16_t *port)
{
	size_t bracket = s[0] == '[';
	size_t n = peer_scan(s + bracket, ip);

	if (!n) return 0;
	s += n + bracket;
	if (s[0] == '%') s += strcspn(s, "]:");
	if (bracket && *s++ != ']') return 0;
	if (s[0] == ':' && !uint160_scan(s + 1, port)) return 0;
	return s[0] == 0 || s[0] == ':';
}

static void
scan_port(char const *s, uint16_t *port)
{
	if (s && !uint160_scan(s, port)) *port = 0;
}

static void
from_ucspi(struct peer *p)
{
	char const *x = ucspi_get("REMOTEIP");

	if (!x) x = ucspi_get("REMOTEADDR");
	if (x) p->remote = scan_address(x, &p->ip, &p->port);
	scan_port(ucspi_get("REMOTEPORT"), &p->port);
	x = ucspi_get("LOCALIP");
	if (!x) x = ucspi_get("LOCALADDR");
	if (x) p->here = scan_address(x, &p->local, &p->localport);
	scan_port(ucspi_get("LOCALPORT"), &p->localport);
}

int
peer_is(struct peer const *p, ip46 const *ip)
{
	return p->ip.is6 == ip->is6 && memcmp(p->ip.ip, ip->ip, ip->is6 ? 16 : 4) == 0;
}

static uint32_t
scope_of(int fd)
{
	struct sockaddr_in6 a = { .sin6_family = AF_UNSPEC };
	union {
		struct sockaddr_in6 *six;
		struct sockaddr *any;
	} u = { .six = &a };
	socklen_t n = sizeof a;

	return getpeername(fd, u.any, &n) == 0 && a.sin6_family == AF_INET6 ? a.sin6_scope_id : 0;
}

static void
from_socket(struct peer *p, int fd)
{
	ip46 ip;
	uint16_t port;

	if (socket_remote46(fd, &ip, &port) == -1) return;
	p->socket = 1;
	unmap(&ip);
	p->stale = p->remote && !peer_is(p, &ip);
	p->ip = ip;
	p->port = port;
	p->remote = 1;
	if (ip.is6) p->scope = scope_of(fd);
	if (socket_local46(fd, &ip, &port) == -1) return;
	unmap(&ip);
	p->local = ip;
	p->localport = port;
	p->here = 1;
}

static void
from_others(struct peer *p)
{
	char const *x = getenv("REMOTE_ADDR");

	if (x) {
		p->remote = scan_address(x, &p->ip, &p->port);
		scan_port(getenv("REMOTE_PORT"), &p->port);
	}
	x = getenv("REMOTE_HOST");
	if (!p->remote && x) p->remote = scan_address(x, &p->ip, &p->port);
}

/* Only what a host name may hold: it goes into logs and Received fields. */
static void
copy_name(char *out, char const *x)
{
	static char const ok[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-";
	size_t n = strlen(x);

	if (n < PEER_HOST && strspn(x, ok) == n) memcpy(out, x, n + 1);
}

static void
names(struct peer *p)
{
	char const *x = ucspi_get("REMOTEHOST");

	if (x && !p->stale) copy_name(p->host, x);
	/* tcpserver -l0 makes it "0": no name at all. */
	x = ucspi_get("LOCALHOST");
	if (x && strpbrk(x, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		copy_name(p->name, x);
}

static void
format(char *text, int known, ip46 const *ip)
{
	if (known)
		text[ip46_fmt(text, ip)] = 0;
	else
		memcpy(text, "unknown", 8);
}

void
peer_get(struct peer *p, int fd)
{
	memset(p, 0, sizeof *p);
	p->session = (uint64_t)getpid();
	if (getenv("PROTO")) from_ucspi(p);
	from_socket(p, fd);
	if (!p->remote) from_others(p);
	names(p);
	format(p->text, p->remote, &p->ip);
	format(p->localtext, p->here, &p->local);
}
