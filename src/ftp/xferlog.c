/* The classic transfer log: xferlog(5) of wu-ftpd, also vsftpd's. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/strerr.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "ftp/session.h"
#include "ftp/xferlog.h"
#include "lib/monitor.h"

enum { PATH_MOST = 3840 /* of a name: the line stays below PIPE_BUF */ };

enum { ABOVE = 20 /* out of the way of what TLS is offered by */ };

/* The second stage is given one descriptor, 0. */
static int
keep_nothing(void)
{
	(void)syscall(SYS_close_range, (unsigned int)MONITOR_FD, ~0U, 0U);
	return 1;
}

static void
take_tls(struct session *s)
{
	if (!starttls_take(&s->tls)) strerr_warnw("SSLCTLFD and the like: not open descriptors");
}

int
xferlog_keep(struct session *s)
{
	char *value = getenv("FTP_XFERLOG");
	int fd = (int)s->policy[FTP_XFERLOG].number;

	if (s->second) return keep_nothing();
	if (!value || !s->policy[FTP_XFERLOG].text) {
		take_tls(s);
		return 1;
	}
	fd = fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);
	if (fd == -1) return 0;
	s->tls.spare = fd;
	take_tls(s);
	if (dup3(fd, XFERLOG_FD, O_CLOEXEC) == -1) return 0;
	(void)close(fd);
	/* Its number has a digit at least, so there is room. */
	value[0] = '0' + XFERLOG_FD;
	value[1] = 0;
	return 1;
}

int
xferlog_take(struct session *s, int fd)
{
	if (fd == -1) s->policy[FTP_XFERLOG].text = NULL;
	if (!s->policy[FTP_XFERLOG].text) {
		if (fd != -1) fd_close(fd);
		return 1;
	}
	return fd_move(XFERLOG_FD, fd) == 0 && fcntl(XFERLOG_FD, F_SETFD, FD_CLOEXEC) == 0;
}

int
xferlog_of(struct session const *s)
{
	return s->policy[FTP_XFERLOG].text ? XFERLOG_FD : -1;
}

/* Blanks would be other fields, control bytes other lines. */
static char *
append_name(char *p, char const *s, size_t most)
{
	for (; *s && most; s++, most--) *p++ = (unsigned char)*s <= ' ' || *s == 0x7f ? '_' : *s;
	return p;
}

void
xferlog_put(struct session const *s, uint64_t ms, unsigned int code)
{
	struct transfer const *t = &s->transfer;
	int text = (s->state & S_ASCII) && s->policy[FTP_ASCII].number;
	char line[PATH_MOST + 256];
	struct timespec now;
	char *p = line;

	if (!s->policy[FTP_XFERLOG].text) return;
	clock_gettime(CLOCK_REALTIME, &now);
	p = date_clock(p, now.tv_sec);
	*p++ = ' ';
	p = append_number(p, ms < 1000 ? 1 : (ms + 500) / 1000, 1, '0');
	*p++ = ' ';
	p = append_text(p, s->peer.text);
	*p++ = ' ';
	p = append_number(p, t->done, 1, '0');
	*p++ = ' ';
	p = append_name(p, s->path, PATH_MOST);
	p = append_text(p, text ? " a _ " : " b _ ");
	p = append_text(p, t->receiving ? "i " : "o ");
	p = append_text(p, s->second && !s->guest ? "r " : "a ");
	p = append_name(p, s->user[0] ? s->user : "-", sizeof s->user);
	p = append_text(p, code == 226 ? " ftp 0 * c\n" : " ftp 0 * i\n");
	(void)fd_write(XFERLOG_FD, line, (size_t)(p - line));
}
