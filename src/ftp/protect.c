/* Data connections by way of tls-io: tls/control.h has what is said. */

#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <skalibs/djbunix.h>
#include <skalibs/socket.h>

#include "ftp/deadline.h"
#include "ftp/protect.h"
#include "ftp/session.h"
#include "lib/token.h"

enum {
	HANDSHAKE = 11, /* seconds: tls-io gives up after 10 */
	DELIVERY = 6,   /* seconds: as closing.c, and a little */
	LOOK_MS = 250   /* between two looks whether tls-io is still at it */
};

static int
give(struct session *s)
{
	char what = s->transfer.receiving ? 'D' : 'S';

	return token_send(STARTTLS_CONTROL, what, (char)++s->tag, s->transfer.data);
}

/*
 * What is said of this connection, if it is in words; what is said of earlier ones,
 * that were given up, is thrown away. 0: nothing yet, -1: nothing any more.
 */
static int
listen_for(struct session const *s, char const *words, int *got)
{
	char said[2];
	int r;

	while ((r = token_receive(STARTTLS_CONTROL, said, got, MSG_DONTWAIT)) == 1) {
		if (said[0] == (char)s->tag && said[1] && strchr(words, said[1])) return said[1];
		if (*got != -1) fd_close(*got);
	}
	return r;
}

static enum transfer_end
end_of(enum wake w, enum transfer_end late)
{
	switch (w) {
	case WAKE_READY:
	case WAKE_TIMEOUT: break;
	case WAKE_ABORT: return TRANSFER_ABORTED;
	case WAKE_GONE: return TRANSFER_GONE;
	}
	return late;
}

/* The same, with waiting: *what gets the word. */
static enum transfer_end
wait_for(struct session *s, char const *words, unsigned int seconds, int *what, int *got,
    enum transfer_end late)
{
	tain deadline;

	deadline_in(s, seconds, &deadline);
	while ((*what = listen_for(s, words, got)) == 0) {
		enum wake w = transfer_wait(s, STARTTLS_CONTROL, POLLIN, &deadline);

		if (w != WAKE_READY) return end_of(w, late);
	}
	return *what == -1 ? late : TRANSFER_DONE;
}

/* FTP_PASV_PEER may have let others in, and FTP_FXP has us connect to them. */
static int
is_peer(struct session const *s)
{
	ip46 ip;
	uint16_t port;

	return socket_remote46(s->transfer.data, &ip, &port) == 0 && peer_is(&s->peer, &ip);
}

enum transfer_end
protect_begin(struct session *s)
{
	int same = is_peer(s);
	enum transfer_end end;
	int what;
	int fd;

	/* What was given up may have ended well since: let go of it. */
	(void)listen_for(s, "", &fd);
	if (!give(s)) return TRANSFER_NO_TLS;
	end = wait_for(s, "RH!", HANDSHAKE, &what, &fd, TRANSFER_NO_TLS);
	if (end != TRANSFER_DONE) {
		/* tls-io, which has it too, is to give up as well. */
		(void)shutdown(s->transfer.data, SHUT_RDWR);
		return end;
	}
	if (what == '!' || fd == -1) return TRANSFER_NO_TLS;
	if (ndelay_on(fd) == -1
	    || (what == 'H' && (!same || s->policy[FTP_TLS_DATA].number == TLS_DATA_RESUME))) {
		fd_close(fd);
		return TRANSFER_FOREIGN;
	}
	fd_close(s->transfer.data);
	s->transfer.data = fd;
	return TRANSFER_DONE;
}

static int
hung_up(int fd)
{
	struct pollfd x = { .fd = fd, .events = 0 };

	return poll(&x, 1, 0) == 1 && x.revents & (POLLHUP | POLLERR);
}

/* Bytes that tls-io has not taken yet: as long as they become fewer, there is time. */
static void
move_deadline(struct session const *s, int *left, tain *deadline)
{
	int now;

	if (ioctl(s->transfer.data, SIOCOUTQ, &now) == -1 || now == *left) return;
	*left = now;
	deadline_in(s, s->policy[FTP_STALL].number + DELIVERY, deadline);
}

/* tls-io ends when it is lost or stuck, and says so before if it is not. */
static enum transfer_end
look(struct session const *s)
{
	int gone = hung_up(s->transfer.data);
	int fd;
	int what = listen_for(s, "d", &fd);

	if (fd != -1) fd_close(fd);
	if (what == 'd') return TRANSFER_DONE;
	return what == -1 || gone ? TRANSFER_BROKEN : TRANSFER_STALLED;
}

/* What tls-io and the kernels hold may take a slow client longer than any fixed time. */
enum transfer_end
protect_sent(struct session *s)
{
	enum transfer_end end;
	tain deadline = STAMP;
	int left = -1;

	if (shutdown(s->transfer.data, SHUT_WR) == -1) return TRANSFER_BROKEN;
	while ((end = look(s)) == TRANSFER_STALLED) {
		enum wake w;
		tain until;

		move_deadline(s, &left, &deadline);
		tain_from_millisecs(&until, LOOK_MS);
		tain_add_g(&until, &until);
		w = transfer_wait(s, STARTTLS_CONTROL, POLLIN, &until);
		if (w != WAKE_READY && w != WAKE_TIMEOUT) return end_of(w, end);
		if (!tain_future(&deadline)) break;
	}
	return end;
}

/* It was said before the end of input came; nothing is said of what broke. */
enum transfer_end
protect_received(struct session *s)
{
	int fd;
	int what = listen_for(s, "uc", &fd);

	if (what > 0 && fd != -1) fd_close(fd);
	if (what == 'u' || (what == 'c' && s->policy[FTP_TLS_LAX_EOF].number)) return TRANSFER_DONE;
	return TRANSFER_CUT;
}
