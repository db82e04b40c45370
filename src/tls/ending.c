/* The two ends of a connection and of each of its directions: RFC 8446 6.1. */

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <tls.h>

#include "tls/control.h"
#include "tls/ending.h"
#include "tls/relay.h"

enum {
	LINGER = 5,   /* seconds for the peer's end */
	DELIVERED = 1 /* seconds for it where the peer has everything */
};

/*
 * A shutdown leaves the other direction: what is closed, or has died, has none. Nor has
 * what each side has shut down, so ending_plain does no such thing where we are sending.
 */
static int
hung_up(int fd)
{
	struct pollfd x = { .fd = fd, .events = 0 };

	return poll(&x, 1, 0) == 1 && x.revents & (POLLHUP | POLLERR);
}

int
ending_is_cut(struct relay const *r)
{
	return r->session && (r->sending || r->up != RELAY_ENDED) && hung_up(r->plain);
}

void
ending_network(struct relay *r)
{
	if (r->closed || r->down != RELAY_ENDED || r->downkept) return;
	if (r->notified == 0) {
		int n = tls_close(r->tls);

		if (n == TLS_WANT_POLLOUT) return;
		r->notified = 1;
	}
	if (wire_flush(r->wire) != 1) return;
	(void)shutdown(r->wire->out, SHUT_WR);
	r->closed = 1;
	tain_now_g();
	tain_addsec_g(&r->patience, LINGER);
	r->pause = 1;
}

/* As without TLS, a peer that is only slow has what its kernel and ours will bring it. */
void
ending_look(struct relay *r)
{
	socklen_t n = sizeof(int);
	int fd = r->wire->out;
	int left = 0;
	int e = 0;

	if (!r->session || !r->closed || r->delivered) return;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &e, &n) == -1 || e)
		r->wire->broken = 1;
	else if (ioctl(fd, SIOCOUTQ, &left) == -1 || left == 0 || !tain_future(&r->patience))
		r->delivered = 1;
	else if (r->pause < 64)
		r->pause *= 2;
	if (!r->delivered) return;
	tain_addsec_g(&r->patience, DELIVERED);
	control_tell(r, CONTROL_DELIVERED);
}

void
ending_plain(struct relay *r)
{
	if (r->told || r->up == RELAY_OPEN || r->upkept) return;
	if (r->session && r->up == RELAY_ENDED) control_tell(r, CONTROL_ENDED);
	if (r->session && r->up == RELAY_CUT && wire_whole(r->wire)) control_tell(r, CONTROL_CUT);
	if (!r->sending) (void)shutdown(r->plain, SHUT_WR);
	r->told = 1;
}

int
ending_is_over(struct relay const *r)
{
	if (r->wire->broken || r->down == RELAY_CUT) return 1;
	if (!r->closed) return 0;
	if (!tain_future(&r->patience)) return 1;
	return r->up != RELAY_OPEN && (r->delivered || !r->session);
}
