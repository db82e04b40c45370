/* The end of a data connection: a true 226, or a reset. */

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "ftp/closing.h"
#include "ftp/session.h"

enum { LINGER_MS = 5000 /* for the peer to take the end of what we sent */ };

static int
failed(int fd)
{
	socklen_t n = sizeof(int);
	int e = 0;

	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &e, &n) == -1 || e;
}

/*
 * There is no event for what has been acknowledged, so look ever less often. A
 * peer that closes its side may still take the rest, or answer it by a reset.
 */
enum transfer_end
closing_wait(struct session *s)
{
	int fd = s->transfer.data;
	int open = fd;
	int pause = 1;
	int waited = 0;

	if (shutdown(fd, SHUT_WR) == -1) return TRANSFER_BROKEN;
	for (; waited < LINGER_MS; waited += pause, pause += pause < 64 ? pause : 0) {
		tain deadline;
		enum wake w;
		int left = 0;

		if (ioctl(fd, SIOCOUTQ, &left) == -1 || left == 0) break;
		tain_now_g();
		tain_from_millisecs(&deadline, pause);
		tain_add_g(&deadline, &deadline);
		w = transfer_wait(s, open, POLLRDHUP, &deadline);
		if (w == WAKE_ABORT) return TRANSFER_ABORTED;
		/* From now on it would be ready for ever. */
		if (w == WAKE_READY) open = -1;
		if (w == WAKE_READY && failed(fd)) return TRANSFER_BROKEN;
	}
	return failed(fd) ? TRANSFER_BROKEN : TRANSFER_DONE;
}

void
closing_reset(int fd)
{
	struct linger l = { .l_onoff = 1, .l_linger = 0 };

	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof l);
}
