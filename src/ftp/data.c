/* Data connections: one listener or one target, and no stranger. RFC 2577. */

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <skalibs/djbunix.h>
#include <skalibs/ip46.h>
#include <skalibs/socket.h>

#include "ftp/ask.h"
#include "ftp/data.h"
#include "ftp/deadline.h"
#include "ftp/endpoint.h"
#include "ftp/events.h"
#include "ftp/networks.h"
#include "ftp/session.h"

void
data_forget(struct data *d)
{
	if (d->mode == DATA_PASSIVE) fd_close(d->listener);
	d->mode = DATA_NONE;
}

void
data_target(struct session *s, ip46 const *ip, uint16_t port)
{
	data_forget(&s->data);
	s->data.mode = DATA_ACTIVE;
	s->data.ip = *ip;
	s->data.port = port;
}

/* SO_REUSEADDR only: SO_REUSEPORT would share the port with other sessions. */
static int
listen_on(struct peer const *p, uint16_t port)
{
	int fd = socket_tcp46_nbcoe(p->local.is6);

	if (fd == -1) return -1;
	if (endpoint_bind(fd, &p->local, port, p->scope) == 0
	    && socket_listen(fd, DATA_BACKLOG) == 0)
		return fd;
	fd_close(fd);
	return -1;
}

/* The ports of the range, from a random one on: the next is not to be guessed. */
static int
listen_in(struct peer const *p, uint64_t ports)
{
	uint32_t lo = (uint32_t)(ports >> 16);
	uint32_t count = (uint32_t)(ports & 0xffff) - lo + 1;
	uint32_t start = 0;
	uint32_t i;

	if (!ports) return listen_on(p, 0);
	if (getrandom(&start, sizeof start, 0) == -1) return -1;
	for (i = 0; i < count; i++) {
		int fd = listen_on(p, (uint16_t)(lo + (start + i) % count));

		if (fd != -1) return fd;
		if (errno != EADDRINUSE && errno != EADDRNOTAVAIL) return -1;
	}
	return -1;
}

uint16_t
data_listen(struct session *s)
{
	ip46 ip;
	uint16_t port;
	int fd;

	data_forget(&s->data);
	fd = listen_in(&s->peer, s->policy[FTP_PASV_PORTS].number);
	if (fd == -1) return 0;
	if (socket_local46(fd, &ip, &port) == -1) {
		fd_close(fd);
		return 0;
	}
	s->data.mode = DATA_PASSIVE;
	s->data.listener = fd;
	return port;
}

static int
end_of(enum wake w)
{
	switch (w) {
	case WAKE_READY: return TRANSFER_DONE;
	case WAKE_ABORT: return TRANSFER_ABORTED;
	case WAKE_GONE: return TRANSFER_GONE;
	case WAKE_TIMEOUT: break;
	}
	return TRANSFER_NO_DATA;
}

/* The monitor connects, the talker may not: it gets a socket that is on its way. */
int
data_connect(struct session *s)
{
	socklen_t n = sizeof(int);
	char text[IP46_FMT];
	tain deadline;
	enum wake w;
	int e = 0;
	int fd;

	text[ip46_fmt(text, &s->data.ip)] = 0;
	monitor_begin(&s->message, MONITOR_CONNECT, s->data.port);
	(void)monitor_add(&s->message, text, NULL);
	deadline_in(s, s->policy[FTP_ACCEPT].number, &deadline);
	w = ask_until(s, -1, &fd, &deadline);
	if (w == WAKE_READY && fd == -1) return TRANSFER_NO_DATA;
	if (w != WAKE_READY) return end_of(w);
	w = transfer_wait(s, fd, POLLOUT, &deadline);
	if (w == WAKE_READY && getsockopt(fd, SOL_SOCKET, SO_ERROR, &e, &n) == 0 && e == 0) {
		s->transfer.data = fd;
		return TRANSFER_DONE;
	}
	fd_close(fd);
	return w == WAKE_READY ? TRANSFER_NO_DATA : end_of(w);
}

static int
welcome(struct session const *s, ip46 const *ip)
{
	return peer_is(&s->peer, ip)
	    || networks_have(s->policy[FTP_PASV_PEER].text, &s->peer.ip, ip) == 1;
}

/* What accept(2) says about one connection that has gone again. */
static int
passing(int error)
{
	return error == EAGAIN || error == EWOULDBLOCK || error == ECONNABORTED || error == EPROTO;
}

/* Someone else's connection is closed, and ours still waited for. */
static int
accept_peer(struct session *s, unsigned int *strangers)
{
	char raw[16];
	uint16_t port;
	ip46 ip = IP46_ZERO;
	int fd;

	ip.is6 = s->peer.local.is6;
	fd = ip.is6 ? socket_accept6_nbcoe(s->data.listener, raw, &port)
	            : socket_accept4_nbcoe(s->data.listener, raw, &port);
	if (fd == -1) {
		if (!passing(errno)) *strangers = DATA_STRANGERS;
		return -1;
	}
	memcpy(ip.ip, raw, ip.is6 ? 16 : 4);
	if (welcome(s, &ip)) return fd;
	fd_close(fd);
	event_stranger(s, &ip);
	++*strangers;
	return -1;
}

int
data_accept(struct session *s)
{
	unsigned int strangers = 0;
	tain deadline;

	deadline_in(s, s->policy[FTP_ACCEPT].number, &deadline);
	for (;;) {
		/* Most clients are here before they say what for: no poll(2) then. */
		int fd = accept_peer(s, &strangers);
		enum wake w;

		if (fd != -1) {
			data_forget(&s->data);
			s->transfer.data = fd;
			return TRANSFER_DONE;
		}
		if (strangers == DATA_STRANGERS) return TRANSFER_NO_DATA;
		w = transfer_wait(s, s->data.listener, POLLIN, &deadline);
		if (w != WAKE_READY) return end_of(w);
	}
}
