/* What libtls reads and writes, gathered into few system calls. */

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <tls.h>

#include "tls/wire.h"

ssize_t
wire_fill(struct wire *w)
{
	ssize_t r;

	if (w->taken == w->filled) w->taken = w->filled = 0;
	if (w->filled == sizeof w->inspace) {
		errno = EAGAIN;
		return -1;
	}
	do r = read(w->in, w->inspace + w->filled, sizeof w->inspace - w->filled);
	while (r == -1 && errno == EINTR);
	if (r > 0) w->filled += (size_t)r;
	if (r == 0) w->ended = 1;
	if (r == -1 && errno != EAGAIN) w->ended = w->broken = 1;
	return r;
}

int
wire_flush(struct wire *w)
{
	while (w->sent < w->kept) {
		ssize_t r = write(w->out, w->outspace + w->sent, w->kept - w->sent);

		if (r == -1 && errno == EINTR) continue;
		if (r == -1 && errno == EAGAIN) return 0;
		if (r == -1) {
			w->broken = 1;
			return -1;
		}
		w->sent += (size_t)r;
	}
	w->sent = w->kept = 0;
	return 1;
}

int
wire_whole(struct wire const *w)
{
	return w->ended && !w->broken && w->taken == w->filled && !w->header && !w->body;
}

/* A byte of a record's header, which ends with the length of the rest. */
static void
take_header(struct wire *w, unsigned char c)
{
	w->header++;
	if (w->header == WIRE_HEADER - 1) w->length = (size_t)c << 8;
	if (w->header != WIRE_HEADER) return;
	w->body = w->length | c;
	w->header = 0;
}

/* TLS gets the n bytes s: what of a record is still to come. */
static void
follow(struct wire *w, unsigned char const *s, size_t n)
{
	while (n) {
		size_t step = w->body < n ? w->body : n;

		w->body -= step;
		if (!step) {
			take_header(w, *s);
			step = 1;
		}
		s += step;
		n -= step;
	}
}

ssize_t
wire_read(struct tls *t, void *s, size_t n, void *arg)
{
	struct wire *w = arg;
	size_t left;

	(void)t;
	if (w->taken == w->filled && !w->ended && wire_fill(w) == -1 && errno == EAGAIN)
		return TLS_WANT_POLLIN;
	left = w->filled - w->taken;
	if (!left) return w->broken ? -1 : 0;
	if (n > left) n = left;
	memcpy(s, w->inspace + w->taken, n);
	follow(w, s, n);
	w->taken += n;
	return (ssize_t)n;
}

ssize_t
wire_write(struct tls *t, void const *s, size_t n, void *arg)
{
	struct wire *w = arg;

	(void)t;
	if (w->broken) return -1;
	if (n > sizeof w->outspace - w->kept && wire_flush(w) == -1) return -1;
	if (n > sizeof w->outspace - w->kept) n = sizeof w->outspace - w->kept;
	if (!n) return TLS_WANT_POLLOUT;
	memcpy(w->outspace + w->kept, s, n);
	w->kept += n;
	return (ssize_t)n;
}
