/* A message that can be measured first, and sent more than once. */

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/iopause.h>
#include <skalibs/tai.h>

#include "lib/arrival.h"
#include "smtp/letter.h"

enum { BLOCK = 65536 };

/* What there is of the file now: from at on, up to most bytes. */
static ssize_t
held(struct letter const *l, char *buf, size_t most)
{
	ssize_t r;

	do r = pread(l->fd, buf, most, l->start + (off_t)l->at);
	while (r == -1 && errno == EINTR);
	return r;
}

static int
measure_file(struct letter *l, char *block)
{
	ssize_t r;

	while ((r = held(l, block, BLOCK)) > 0) {
		measure_add(&l->measure, block, (size_t)r);
		l->at += (uint64_t)r;
	}
	l->held = l->at;
	l->at = 0;
	return r == 0;
}

/* Until fd can be read; without a deadline if secs is 0. 0 with errno if it cannot. */
static int
await(int fd, unsigned int secs)
{
	iopause_fd x = { .fd = fd, .events = IOPAUSE_READ };
	tain deadline;
	int r;

	tain_now_g();
	tain_addsec_g(&deadline, (int)secs);
	r = iopause_g(&x, 1, secs ? &deadline : NULL);
	if (r == 0) errno = ETIMEDOUT;
	return r > 0;
}

static ssize_t
stream(int fd, char *buf, size_t size, unsigned int secs)
{
	for (;;) {
		ssize_t r;

		if (!await(fd, secs)) return -1;
		r = fd_read(fd, buf, size);
		if (r >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) return r;
	}
}

/* The same without its frames. */
static ssize_t
unframed(struct letter *l, int fd, char *buf, size_t size, unsigned int secs)
{
	size_t n = 0;

	while (n == 0) {
		ssize_t r = stream(fd, buf, size, secs);
		int over = r == 0 && l->framed && l->frame.st != FRAME_END;

		if (r <= 0 && !over) return r;
		if (!l->framed) return r;
		if (over || frame_decode(&l->frame, buf, (size_t)r, buf, &n) < (size_t)r
		    || l->frame.st == FRAME_BAD) {
			errno = EBADMSG;
			return -1;
		}
	}
	return (ssize_t)n;
}

/* Copy fd until its end or until max bytes are held. */
static int
spool(struct letter *l, int fd, uint64_t max, char *block)
{
	while (l->held < max) {
		uint64_t most = max - l->held < BLOCK ? max - l->held : BLOCK;
		ssize_t r = unframed(l, fd, block, (size_t)most, 0);

		if (r <= 0) return r == 0;
		if (allwrite(l->fd, block, (size_t)r) < (size_t)r) return 0;
		measure_add(&l->measure, block, (size_t)r);
		l->held += (uint64_t)r;
	}
	l->rest = fd;
	return 1;
}

int
letter_open(struct letter *l, int fd, int framed, uint64_t max, char const *dir)
{
	static char block[BLOCK];
	struct stat st;

	*l = (struct letter){ .fd = fd, .rest = -1, .framed = framed };
	if (fstat(fd, &st) == -1) return 0;
	if (S_ISREG(st.st_mode) && !framed) {
		l->start = lseek(fd, 0, SEEK_CUR);
		return l->start != -1 && measure_file(l, block);
	}
	l->fd = -1;
	if (max) l->fd = arrival_spool(dir);
	return (!max || l->fd != -1) && spool(l, fd, max, block);
}

int
letter_whole(struct letter const *l)
{
	return l->rest == -1;
}

int
letter_ready(struct letter const *l)
{
	struct pollfd p = { .fd = l->rest, .events = POLLIN };

	return l->at < l->held || l->rest == -1 || poll(&p, 1, 0) != 0;
}

int
letter_rewind(struct letter *l)
{
	l->at = 0;
	return !l->begun;
}

int
letter_read(struct letter *l, char *buf, size_t size, unsigned int secs, size_t *n)
{
	ssize_t r;

	*n = 0;
	if (l->at < l->held) {
		uint64_t left = l->held - l->at;

		r = held(l, buf, left < size ? (size_t)left : size);
		if (r == 0) errno = EIO;
		if (r <= 0) return 0;
		l->at += (uint64_t)r;
		*n = (size_t)r;
		return 1;
	}
	if (l->rest == -1) return 1;
	l->begun = 1;
	r = unframed(l, l->rest, buf, size, secs);
	if (r == -1) return 0;
	measure_add(&l->measure, buf, (size_t)r);
	*n = (size_t)r;
	return 1;
}
