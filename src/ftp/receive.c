/* The data connection into the upload: RFC 959 3.1.1, splice(2). */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/ascii.h"
#include "ftp/errors.h"
#include "ftp/flow.h"
#include "ftp/receipt.h"
#include "ftp/receive.h"
#include "ftp/room.h"
#include "ftp/session.h"

enum { TEXT_PIECE = SESSION_BLOCK / 2 - 8 };

void
receive_begin(struct session *s)
{
	s->receiver.piped = 0;
	s->receiver.plain = s->policy[FTP_DIGEST].number != 0;
}

void
receive_end(struct session *s)
{
	struct receiver *v = &s->receiver;

	if (!v->piped) return;
	fd_close(v->in);
	fd_close(v->out);
	v->piped = 0;
}

/* With the 64 KiB a pipe has by default, reading and writing is faster. */
static int
open_pipe(struct receiver *v)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) == -1) return 0;
	v->out = p[0];
	v->in = p[1];
	v->piped = 1;
	return fcntl(v->in, F_SETPIPE_SZ, RECEIVE_PIPE) >= RECEIVE_PIPE;
}

static int
go_plain(struct session *s)
{
	s->receiver.plain = 1;
	receive_end(s);
	return 0;
}

static int
through_pipe(struct session *s)
{
	struct receiver *v = &s->receiver;

	if (v->plain || s->transfer.done < RECEIVE_PIPED_FROM) return 0;
	return v->piped || open_pipe(v) || go_plain(s);
}

/* Room for n more bytes. 1, or 0 with the failure noted. */
static int
fits(struct session *s, size_t n)
{
	uint64_t size = s->upload.base + s->offset + n;
	struct reply const *r = size > s->upload.limit ? room_grow(s, size) : NULL;

	if (r) s->transfer.failure = r;
	return !r;
}

static int
write_all(struct session *s, char const *p, size_t n)
{
	while (n) {
		ssize_t w = write(s->upload.fd, p, n);

		if (w == -1 && errno == EINTR) continue;
		if (w == -1) {
			s->transfer.failure = errors_reply(errno);
			return 0;
		}
		p += w;
		n -= (size_t)w;
		s->offset += (uint64_t)w;
	}
	return 1;
}

/* All n bytes into the upload. 1, or 0 with the failure noted. */
static int
store(struct session *s, char const *p, size_t n)
{
	if (!fits(s, n)) return 0;
	receipt_add(s, p, n);
	return write_all(s, p, n);
}

/* The file takes no pages: out of the pipe the other way, this once. */
static int
empty_pipe(struct session *s, size_t n)
{
	while (n) {
		ssize_t r =
		    read(s->receiver.out, s->block, n < sizeof s->block ? n : sizeof s->block);

		if (r <= 0 || !write_all(s, s->block, (size_t)r)) return 0;
		n -= (size_t)r;
	}
	(void)go_plain(s);
	return 1;
}

/* The n bytes in the pipe into the upload, as store. */
static int
store_piped(struct session *s, size_t n)
{
	if (!fits(s, n)) return 0;
	while (n) {
		ssize_t w = splice(s->receiver.out, NULL, s->upload.fd, NULL, n, SPLICE_F_MOVE);

		if (w == -1 && errno == EINTR) continue;
		if (w == -1 && errno == EINVAL) return empty_pipe(s, n);
		if (w <= 0) {
			s->transfer.failure = errors_reply(errno);
			return 0;
		}
		n -= (size_t)w;
		s->offset += (uint64_t)w;
	}
	return 1;
}

static enum step
receive_piped(struct session *s)
{
	size_t most = flow_most(s, RECEIVE_PIPE);
	ssize_t r = splice(
	    s->transfer.data, NULL, s->receiver.in, NULL, most, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);

	if (r == 0) return STEP_END;
	if (r == -1) return errno == EAGAIN || errno == EINTR ? STEP_MORE : STEP_BROKEN;
	flow_moved(s, (size_t)r);
	return store_piped(s, (size_t)r) ? STEP_AGAIN : STEP_FAILED;
}

enum step
receive_binary(struct session *s)
{
	ssize_t r;

	if (through_pipe(s)) return receive_piped(s);
	r = read(s->transfer.data, s->block, flow_most(s, sizeof s->block));
	if (r == 0) return STEP_END;
	if (r == -1) return errno == EAGAIN || errno == EINTR ? STEP_MORE : STEP_BROKEN;
	flow_moved(s, (size_t)r);
	return store(s, s->block, (size_t)r) ? STEP_AGAIN : STEP_FAILED;
}

enum step
receive_text(struct session *s)
{
	char *plain = s->block + TEXT_PIECE;
	ssize_t r = read(s->transfer.data, s->block, flow_most(s, TEXT_PIECE));

	if (r == 0 && s->carry) return store(s, "\r", 1) ? STEP_END : STEP_FAILED;
	if (r == 0) return STEP_END;
	if (r == -1) return errno == EAGAIN || errno == EINTR ? STEP_MORE : STEP_BROKEN;
	flow_moved(s, (size_t)r);
	return store(s, plain, ascii_decode(&s->carry, s->block, (size_t)r, plain)) ? STEP_AGAIN
	                                                                            : STEP_FAILED;
}
