/* A client that has its reply goes on at once, on another processor if there is one. */

#include <skalibs/djbunix.h>

#include "ftp/afterwards.h"
#include "ftp/session.h"

void
afterwards_now(struct session *s)
{
	struct afterwards *a = &s->afterwards;

	while (a->count) fd_close(a->fd[--a->count]);
}

void
afterwards_close(struct session *s, int fd)
{
	struct afterwards *a = &s->afterwards;

	if (a->count == AFTERWARDS) afterwards_now(s);
	a->fd[a->count++] = fd;
}

void
afterwards_run(struct session *s)
{
	if (s->afterwards.count == 0) return;
	control_flush(s);
	afterwards_now(s);
}
