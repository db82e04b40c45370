/* Reading a file for its checksum, a block between two looks at the control connection. */

#include <errno.h>
#include <unistd.h>

#include "ftp/deadline.h"
#include "ftp/hashing.h"
#include "ftp/session.h"

/* One block of what is left. 1, or 0 with errno set. */
static int
step(struct session *s, int fd, uint64_t from)
{
	struct transfer *t = &s->transfer;
	uint64_t left = t->total - t->done;
	size_t want = left < sizeof s->block ? (size_t)left : sizeof s->block;
	ssize_t r = pread(fd, s->block, want, (off_t)(from + t->done));

	if (r == 0) errno = EIO;
	if (r <= 0) return 0;
	digest_add(&s->digest, s->block, (size_t)r);
	t->done += (uint64_t)r;
	return 1;
}

/* What the client has said meanwhile, or how it has left. */
static enum hashing_end
look(struct session *s)
{
	tain now;

	tain_now_g();
	now = STAMP;
	if (deadline_over(s)) return HASHING_EXPIRED;
	switch (transfer_wait(s, -1, 0, &now)) {
	case WAKE_ABORT: return HASHING_ABORTED;
	case WAKE_GONE: return HASHING_GONE;
	case WAKE_READY:
	case WAKE_TIMEOUT: break;
	}
	return HASHING_DONE;
}

static enum hashing_end
steps(struct session *s, int fd, uint64_t from)
{
	enum hashing_end end = HASHING_DONE;

	/* What was sent right behind the command is here already. */
	if (s->transfer.total > sizeof s->block) control_attend(s);
	if (s->state & S_GONE) return HASHING_GONE;
	if (s->state & S_ABORT) return HASHING_ABORTED;
	while (end == HASHING_DONE && s->transfer.done < s->transfer.total) {
		if (!step(s, fd, from)) return HASHING_FAILED;
		if (s->transfer.done < s->transfer.total) end = look(s);
	}
	return end;
}

enum hashing_end
hashing_run(struct session *s, int fd, uint64_t from, uint64_t to)
{
	enum hashing_end end;

	s->transfer.done = 0;
	s->transfer.total = to - from;
	s->state |= S_BUSY | S_HASHING;
	end = steps(s, fd, from);
	s->state &= ~(unsigned int)(S_BUSY | S_HASHING);
	return end;
}
