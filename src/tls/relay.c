/* One loop, one connection. */

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include <tls.h>

#include "tls/control.h"
#include "tls/ending.h"
#include "tls/patience.h"
#include "tls/relay.h"

enum {
	ROUNDS = 16,   /* before the other direction has its turn, and the session */
	STALL = 120000 /* milliseconds in which something must move that waits to be sent */
};

int
relay_handshake(struct relay *r, tain const *deadline, char const **why)
{
	struct wire *w = r->wire;

	for (;;) {
		int want = tls_handshake(r->tls);
		int flushed = wire_flush(w);
		int out;

		if (want == -1 || flushed == -1) {
			/* Without its -1 it has an older error, or none that matters. */
			*why = want == -1 ? tls_error(r->tls) : NULL;
			if (!*why) *why = "connection lost";
			return 0;
		}
		if (want == 0 && flushed) return 1;
		out = !flushed || want == TLS_WANT_POLLOUT;
		if (!patience_wait(out ? w->out : w->in, out ? POLLOUT : POLLIN, deadline)) {
			*why = "no handshake in time";
			return 0;
		}
	}
}

/* Decrypt into upspace until it is full or nothing is there. */
static void
read_network(struct relay *r)
{
	while (r->up == RELAY_OPEN && r->upkept < sizeof r->upspace) {
		ssize_t n = tls_read(r->tls, r->upspace + r->upkept, sizeof r->upspace - r->upkept);

		/* It stops behind a ticket, also where more has come with it. */
		if (n == TLS_WANT_POLLIN && r->wire->taken < r->wire->filled) continue;
		if (n == TLS_WANT_POLLIN || n == TLS_WANT_POLLOUT) return;
		if (n > 0) r->upkept += (size_t)n;
		if (n == 0) r->up = RELAY_ENDED;
		if (n == -1) r->up = RELAY_CUT;
	}
}

static void
write_plain(struct relay *r)
{
	while (r->upsent < r->upkept) {
		ssize_t n =
		    send(r->plain, r->upspace + r->upsent, r->upkept - r->upsent, MSG_NOSIGNAL);

		if (n == -1 && errno == EINTR) continue;
		if (n == -1 && errno == EAGAIN) return;
		if (n == -1) {
			/* Whoever read it reads no more; unread bytes would reset the connection. */
			if (r->session) r->up = RELAY_CUT;
			break;
		}
		r->upsent += (size_t)n;
	}
	r->upsent = r->upkept = 0;
}

static void
read_plain(struct relay *r)
{
	ssize_t n;

	if (r->down != RELAY_OPEN || r->downkept) return;
	do n = read(r->plain, r->downspace, sizeof r->downspace);
	while (n == -1 && errno == EINTR);
	if (n > 0) r->downkept = (size_t)n;
	if (n == 0) r->down = ending_is_cut(r) ? RELAY_CUT : RELAY_ENDED;
	/* A session that ends without having read everything has said all the same. */
	if (n == -1 && errno != EAGAIN) r->down = r->session ? RELAY_CUT : RELAY_ENDED;
}

/* Encrypt what was read; the wire takes it in pieces. */
static void
write_network(struct relay *r)
{
	while (r->downsent < r->downkept) {
		ssize_t n =
		    tls_write(r->tls, r->downspace + r->downsent, r->downkept - r->downsent);

		if (n == TLS_WANT_POLLIN || n == TLS_WANT_POLLOUT) return;
		if (n == -1) {
			r->down = RELAY_CUT;
			return;
		}
		r->downsent += (size_t)n;
	}
	r->downsent = r->downkept = 0;
}

/*
 * Where a full buffer stopped us and has been emptied since, no poll(2) would tell of
 * what TLS still holds: so it is filled again at once. 1 if it might be once more.
 */
static int
move_up(struct relay *r)
{
	int full;

	read_network(r);
	full = r->upkept == sizeof r->upspace;
	write_plain(r);
	ending_plain(r);
	return full && !r->upkept;
}

static int
move_down(struct relay *r)
{
	int left;

	read_plain(r);
	write_network(r);
	left = r->downkept != 0;
	ending_network(r);
	return wire_flush(r->wire) == 1 && left && r->down != RELAY_CUT;
}

static void
move(struct relay *r)
{
	unsigned int i;

	for (i = 0; i < ROUNDS && move_up(r); i++)
		;
	r->again = i == ROUNDS;
	for (i = 0; i < ROUNDS && move_down(r); i++)
		;
	r->again |= i == ROUNDS;
	/* TLS may have waited for room to answer in, which the other direction has made. */
	r->again |= r->up == RELAY_OPEN && r->upkept < sizeof r->upspace
	    && r->wire->taken < r->wire->filled && r->wire->sent == r->wire->kept;
	ending_look(r);
}

/* How long poll may wait: milliseconds, or -1. */
static int
rest(struct relay const *r, int sending)
{
	if (r->again) return 0;
	if (r->closed) return r->session && !r->delivered ? r->pause : patience_left(&r->patience);
	return sending ? STALL : -1;
}

/* What poll is to look for. After the end of down what still comes is thrown away. */
static void
await(struct relay *r, struct control *c)
{
	struct wire *w = r->wire;
	struct pollfd x[4] = { { .fd = -1 }, { .fd = -1 }, { .fd = -1 }, { .fd = -1 } };
	int n;

	if (r->up == RELAY_OPEN && r->upkept < sizeof r->upspace) {
		x[0].fd = w->in;
		x[0].events = POLLIN;
	}
	if (w->sent < w->kept) {
		x[1].fd = w->out;
		x[1].events = POLLOUT;
	}
	if (!r->told && r->upkept) x[2].events |= POLLOUT;
	if (r->down == RELAY_OPEN && !r->downkept) x[2].events |= POLLIN;
	/* Who gives up does so before all is delivered: a peer that does not read is cut off. */
	if (x[2].events || (r->sending && !r->delivered)) x[2].fd = r->plain;
	if (c && c->fd != -1) {
		x[3].fd = c->fd;
		x[3].events = POLLIN;
	}
	n = poll(x, 4, rest(r, x[1].fd != -1));
	if (n == 0 && !r->closed && !r->again) w->broken = 1;
	if (n > 0 && r->sending && !r->delivered && x[2].revents & (POLLHUP | POLLERR))
		w->broken = 1;
	if (n > 0 && x[3].revents) control_serve(c, r);
}

void
relay_reset(struct relay *r)
{
	struct wire *w = r->wire;

	r->tls = NULL;
	r->up = r->down = RELAY_OPEN;
	r->told = r->notified = r->closed = r->delivered = 0;
	r->upsent = r->upkept = r->downsent = r->downkept = 0;
	w->taken = w->filled = w->sent = w->kept = 0;
	w->ended = w->broken = 0;
	w->header = 0;
	w->body = 0;
}

void
relay_run(struct relay *r, struct control *c)
{
	for (;;) {
		move(r);
		if (ending_is_over(r)) break;
		await(r, c);
		if (r->closed) tain_now_g();
	}
}
