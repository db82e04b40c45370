/* Active data connections, made by the monitor: RFC 959 3.2, RFC 2577 3. */

#include <errno.h>
#include <string.h>

#include <skalibs/djbunix.h>
#include <skalibs/ip46.h>
#include <skalibs/socket.h>

#include "ftp/data.h"
#include "ftp/endpoint.h"
#include "ftp/events.h"
#include "ftp/reach.h"
#include "ftp/session.h"

/*
 * Port 20 of old, or what lies below the port we were reached on. Without the
 * right to it the connection is made from any port: most clients do not look.
 */
static int
bind_source(struct session *s, int fd)
{
	struct peer const *p = &s->peer;

	if (s->policy[FTP_PORT20].number && p->localport > 1) {
		uint16_t port = (uint16_t)(p->localport - 1);

		if (endpoint_bind(fd, &p->local, port, p->scope) == 0) return 1;
		event_refuse(s, "source-port");
	}
	return endpoint_bind(fd, &p->local, 0, p->scope) == 0;
}

static int
connect_to(struct session *s, ip46 const *ip, uint16_t port)
{
	int fd = socket_tcp46_nbcoe(ip->is6);

	if (fd == -1) return -1;
	if (bind_source(s, fd)
	    && (endpoint_connect(fd, ip, port, s->peer.scope) == 0 || errno == EINPROGRESS))
		return fd;
	fd_close(fd);
	return -1;
}

/* The address the talker asks for: the client's own, unless FTP_FXP is 1. */
static int
scan_target(struct session const *s, struct monitor_message const *m, ip46 *ip)
{
	struct peer const *p = &s->peer;

	if (!m->len || strlen(m->text) + 1 != m->len) return 0;
	if (ip46_scan(m->text, ip) + 1 != m->len || ip->is6 != p->local.is6) return 0;
	return s->policy[FTP_FXP].number || peer_is(p, ip);
}

enum monitor_result
reach_answer(struct session *s, struct monitor_message *m, int *fd)
{
	uint32_t port = m->number;
	ip46 ip;

	if (*fd != -1 || port < DATA_PRIVILEGED || port > 65535) return MONITOR_FOUL;
	if (!s->policy[FTP_ACTIVE].number || !s->peer.remote || !s->peer.here) return MONITOR_FOUL;
	if (!scan_target(s, m, &ip)) return MONITOR_FOUL;
	*fd = connect_to(s, &ip, (uint16_t)port);
	monitor_begin(m, MONITOR_CONNECT, *fd == -1 ? (uint32_t)errno : 0);
	return MONITOR_ANSWER;
}
