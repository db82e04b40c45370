/* xferlog.h - FTP_XFERLOG: a line per transfer, as wu-ftpd wrote it. */

#ifndef FTP_XFERLOG_H
#define FTP_XFERLOG_H

#include <stdint.h>

struct session;

/*
 * First thing: close what the parent left open, but for the descriptor that
 * FTP_XFERLOG names, and those TLS is offered by, which s->tls takes. That one
 * becomes XFERLOG_FD, closed on exec, and the variable says so from now on, for a
 * second stage. 0 if it is not open.
 */
enum { XFERLOG_FD = 7 }; /* behind MONITOR_FD and STARTTLS_OUT */
extern int xferlog_keep(struct session *s);

/*
 * The second stage, which kept nothing at its start: fd, from the monitor, is
 * the log; -1: there is none. 1, or 0 with errno set. And which one to pass on
 * to it, or -1.
 */
extern int xferlog_take(struct session *s, int fd);
extern int xferlog_of(struct session const *s);

/* The transfer of s->path that has just ended, after ms milliseconds: complete
 * if code is 226. One write(2). Nothing without FTP_XFERLOG. */
extern void xferlog_put(struct session const *s, uint64_t ms, unsigned int code);

#endif
