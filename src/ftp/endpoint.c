/* skalibs knows no scopes, without which fe80::1 is nowhere. */

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <skalibs/ip46.h>

#include "ftp/endpoint.h"

union endpoint {
	struct sockaddr any;
	struct sockaddr_in6 six;
};

/* 1 and *e if ip is a link-local address: fe80::/10. */
static int
link_local(union endpoint *e, ip46 const *ip, uint16_t port, uint32_t scope)
{
	if (!ip->is6 || (unsigned char)ip->ip[0] != 0xfe || (ip->ip[1] & 0xc0) != 0x80) return 0;
	memset(e, 0, sizeof *e);
	e->six.sin6_family = AF_INET6;
	e->six.sin6_port = htons(port);
	e->six.sin6_scope_id = scope;
	memcpy(&e->six.sin6_addr, ip->ip, 16);
	return 1;
}

int
endpoint_bind(int fd, ip46 const *ip, uint16_t port, uint32_t scope)
{
	union endpoint e;
	int on = 1;

	/* For a port to reuse, the kernel looks through half of its range only. */
	if (!link_local(&e, ip, port, scope))
		return port ? socket_bind46_reuse(fd, ip, port) : socket_bind46(fd, ip, port);
	if (port && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) return -1;
	return bind(fd, &e.any, sizeof e.six);
}

int
endpoint_connect(int fd, ip46 const *ip, uint16_t port, uint32_t scope)
{
	union endpoint e;

	if (!link_local(&e, ip, port, scope)) return socket_connect46(fd, ip, port);
	return connect(fd, &e.any, sizeof e.six);
}
