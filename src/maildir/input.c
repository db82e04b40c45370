/* The message on a descriptor: file, stream, or netstrings. */

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/input.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

static char const where[] = "the message";

int
input_is_file(struct input const *in)
{
	return S_ISREG(in->st.st_mode) && !in->framed;
}

static int
too_big(struct input const *in, uint64_t size)
{
	return in->max != 0 && size > in->max;
}

int
input_open(struct input *in, int fd, int framed, uint64_t max, struct trouble *why)
{
	*in = (struct input){ .fd = fd, .framed = framed, .max = max };
	if (fstat(fd, &in->st) == -1) return trouble_sys(why, &v_local, "use", where);
	if (input_is_file(in) && too_big(in, (uint64_t)in->st.st_size))
		return trouble_say(why, &v_big, "larger than allowed:", where);
	return 1;
}

static ssize_t
once(struct input const *in, char *buf, size_t size)
{
	if (S_ISREG(in->st.st_mode)) return pread(in->fd, buf, size, (off_t)in->at);
	return read(in->fd, buf, size);
}

/* Wait for more on a non-blocking descriptor; alarm(2) is the deadline. */
static int
await(int fd)
{
	struct pollfd x = { .fd = fd, .events = POLLIN };

	return poll(&x, 1, -1) != -1 || errno == EINTR;
}

static ssize_t
raw(struct input *in, char *buf, size_t size)
{
	for (;;) {
		ssize_t r = once(in, buf, size);

		if (r >= 0) {
			in->at += (uint64_t)r;
			return r;
		}
		if (errno == EINTR) continue;
		if (errno != EAGAIN || !await(in->fd)) return -1;
	}
}

int
input_whole(struct input const *in, struct trouble *why)
{
	struct stat now;

	if (fstat(in->fd, &now) == -1) return trouble_sys(why, &v_local, "use", where);
	if (now.st_size == in->st.st_size) return 1;
	return trouble_say(why, &v_cut, "size changed while reading:", where);
}

static int
whole(struct input const *in, struct trouble *why)
{
	if (in->framed && in->frame.st != FRAME_END)
		return trouble_say(why, &v_cut, "no end mark: not delivered:", where);
	if (!S_ISREG(in->st.st_mode)) return 1;
	if (in->at == (uint64_t)in->st.st_size) return input_whole(in, why);
	return trouble_say(why, &v_cut, "size changed while reading:", where);
}

/* Decode in place. *n may become 0 although more is to come. */
static int
unframe(struct input *in, char *buf, size_t *n, struct trouble *why)
{
	size_t r = *n;
	size_t used = frame_decode(&in->frame, buf, r, buf, n);

	if (in->frame.st == FRAME_BAD)
		return trouble_say(why, &v_cut, "bad netstring: not delivered:", where);
	if (used < r) return trouble_say(why, &v_extra, "bytes after the end mark of", where);
	return 1;
}

int
input_read(struct input *in, char *buf, size_t size, size_t *n, struct trouble *why)
{
	do {
		ssize_t r = raw(in, buf, size);

		if (r == -1) return trouble_sys(why, &v_local, "read", where);
		*n = (size_t)r;
		if (r == 0) return whole(in, why);
		if (in->framed && !unframe(in, buf, n, why)) return 0;
	} while (*n == 0);
	in->got += *n;
	if (too_big(in, in->got)) return trouble_say(why, &v_big, "larger than allowed:", where);
	return 1;
}

void
input_drain(struct input *in)
{
	char block[8192];

	if (S_ISREG(in->st.st_mode)) return;
	while (raw(in, block, sizeof block) > 0)
		;
}
