/* The rest of one descriptor to another, through the kernel where it can. */

#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>

#include "mime/pass.h"

/* Asked for at once: a fraction of a second of a disk. */
#define MOST ((size_t)1 << 26)

/* A pipe holds no more than this. */
#define BLOCK 65536

/* Each moves some bytes: how many, 0 at the end, -1 with errno. */
typedef ssize_t move(int in, int out);

static ssize_t
by_range(int in, int out)
{
	return copy_file_range(in, NULL, out, NULL, MOST, 0);
}

static ssize_t
by_sendfile(int in, int out)
{
	return sendfile(out, in, NULL, MOST);
}

static ssize_t
by_splice(int in, int out)
{
	return splice(in, NULL, out, NULL, MOST, 0);
}

static void
moved(struct mime_pass *p, ssize_t n)
{
	p->done += (uint64_t)n;
	mime_progress_show(p->progress, p->done, p->total);
}

/* Until the end: 1; 0 if it cannot go on, errno says why. */
static int
all(move *f, int in, int out, struct mime_pass *p)
{
	for (;;) {
		ssize_t r = f(in, out);

		if (r == 0) return 1;
		if (r > 0) moved(p, r);
		if (r == -1 && errno != EINTR) return 0;
	}
}

static int
by_hand(int in, int out, struct mime_pass *p)
{
	static char s[BLOCK];

	for (;;) {
		ssize_t r = fd_read(in, s, sizeof s);

		p->reading = r == -1;
		if (r <= 0) return r == 0;
		if (allwrite(out, s, (size_t)r) < (size_t)r) return 0;
		moved(p, r);
	}
}

/* What the kernel says where the descriptors are of another kind. */
static int
unfit(int e)
{
	return e == EINVAL || e == EXDEV || e == EBADF || e == EOPNOTSUPP || e == ENOSYS
	    || e == EPERM || e == ETXTBSY;
}

int
mime_pass(int in, int out, struct mime_pass *p)
{
	static move *const moves[] = { by_range, by_sendfile, by_splice };
	size_t i;

	for (i = 0; i < sizeof moves / sizeof *moves; i++) {
		/* A file of proc has no size and seems to end at once: read says so too. */
		if (all(moves[i], in, out, p)) break;
		if (unfit(errno)) continue;
		p->reading = errno == EIO || errno == EISDIR;
		return 0;
	}
	return by_hand(in, out, p);
}
