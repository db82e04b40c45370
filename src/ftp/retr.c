/* RETR: RFC 959 4.1.3, RFC 3659 5. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/types.h>

#include "ftp/afterwards.h"
#include "ftp/ascii.h"
#include "ftp/events.h"
#include "ftp/flow.h"
#include "ftp/handlers.h"
#include "ftp/lines.h"
#include "ftp/plain.h"
#include "ftp/replies.h"
#include "ftp/session.h"

enum {
	SMALL = 1 << 16, /* read and sent, with its end, is faster than sendfile */
	AHEAD = 1 << 18, /* shorter files the kernel reads whole anyway */
	PIECE = 1 << 20, /* shorter ones wake the peer more often, longer ones keep ABOR waiting */
	TEXT_PIECE = SESSION_LINES / 2
};

/* It became shorter under our hands: the size we announced was a lie. */
static enum step
shrunk(struct session *s)
{
	s->transfer.failure = &r_shrunk;
	return STEP_FAILED;
}

/* What a call that sends has returned. */
static enum step
sent(struct session *s, ssize_t r)
{
	struct transfer *t = &s->transfer;

	if (r > 0) {
		flow_moved(s, (size_t)r);
		return t->done == t->total ? STEP_END : STEP_AGAIN;
	}
	if (errno == EAGAIN || errno == EINTR) return STEP_MORE;
	return errno == EIO ? STEP_FAILED : STEP_BROKEN;
}

static enum step
send_binary(struct session *s)
{
	struct transfer *t = &s->transfer;
	uint64_t left = t->total - t->done;
	off_t at = (off_t)(t->rest + t->done);
	ssize_t r;

	if (left == 0) return STEP_END;
	r = sendfile(t->data, s->file, &at, flow_most(s, left < PIECE ? (size_t)left : PIECE));
	return r == 0 ? shrunk(s) : sent(s, r);
}

/* The end of the connection leaves with the last bytes: the peer is woken once. */
static enum step
send_small(struct session *s)
{
	struct transfer *t = &s->transfer;
	size_t left = (size_t)(t->total - t->done);
	ssize_t r;

	if (left == 0) return STEP_END;
	r = pread(s->file, s->block, flow_most(s, left), (off_t)(t->rest + t->done));
	if (r == 0) return shrunk(s);
	if (r == -1) return STEP_FAILED;
	return sent(s, send(t->data, s->block, (size_t)r, (size_t)r == left ? MSG_MORE : 0));
}

static enum step
send_text(struct session *s)
{
	enum step step = lines_send(s);
	ssize_t r;

	if (step != STEP_END) return step;
	r = pread(s->file, s->block, TEXT_PIECE, (off_t)s->offset);
	if (r == 0) return STEP_END;
	if (r == -1) return STEP_FAILED;
	s->offset += (uint64_t)r;
	s->lines_len = ascii_encode(&s->carry, s->block, (size_t)r, s->lines);
	return STEP_AGAIN;
}

static struct reply const *
send_file(struct session *s, uint64_t size)
{
	int text = (s->state & S_ASCII) && s->policy[FTP_ASCII].number;
	struct transfer *t = &s->transfer;
	struct reply const *r = &r_open_ascii;
	char fmt[UINT64_FMT];
	transfer_step *step = send_text;
	enum transfer_end end;

	t->rest = s->before & S_REST ? s->rest : 0;
	if (t->rest > size) return &r_bad_restart;
	if (s->data.mode == DATA_NONE) return &r_no_mode;
	t->total = size - t->rest;
	t->sized = !text;
	s->offset = t->rest;
	s->lines_at = s->lines_len = 0;
	s->carry = 0;
	fmt[uint64_fmt(fmt, t->total)] = 0;
	if (!text) r = reply_fill(&s->said, s->text, &r_open_sized, fmt);
	if (t->total > AHEAD)
		(void)posix_fadvise(s->file, (off_t)t->rest, 0, POSIX_FADV_SEQUENTIAL);
	if (!text) step = t->total <= SMALL ? send_small : send_binary;
	end = transfer_run(s, r, POLLOUT, step);
	r = transfer_reply(s, end, &r_complete);
	event_transfer(s, "get", r ? r->code : 0);
	return r;
}

struct reply const *
ftp_retr(struct session *s, char *arg)
{
	struct stat st = { .st_size = 0 };
	struct reply const *r;

	r = plain_open(s, arg, &r_not_plain, &st);
	if (r) return r;
	r = send_file(s, (uint64_t)st.st_size);
	afterwards_close(s, s->file);
	return r;
}
