/* A line for those who wait at a terminal. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "mime/progress.h"

/* Milliseconds before the first line, and between two. */
enum { PATIENCE = 1000, PAUSE = 200 };

#define MIB UINT64_C(1048576)

static int64_t
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

void
mime_progress_show(struct mime_progress *p, uint64_t done, uint64_t total)
{
	char line[120];
	int64_t now;
	size_t n;

	if (!p->off && !p->start) p->off = !isatty(2);
	if (p->off) return;
	now = milliseconds();
	if (!p->start) p->start = now;
	if (now - p->start < PATIENCE || now - p->shown < PAUSE) return;
	p->shown = now;
	n = (size_t)snprintf(line, sizeof line, "\r%s: %llu MiB, %llu MiB/s", PROG,
	    (unsigned long long)(done / MIB),
	    (unsigned long long)(done / MIB * 1000 / (uint64_t)(now - p->start)));
	if (total)
		n += (size_t)snprintf(line + n, sizeof line - n, ", %u%%",
		    (unsigned int)(100 * (done / 1024) / (total / 1024 + 1)));
	/* The line before may have been longer. */
	memcpy(line + n, "\033[K", 3);
	(void)!write(2, line, n + 3);
}

void
mime_progress_end(struct mime_progress *p)
{
	int e = errno;

	if (p->shown) (void)!write(2, "\r\033[K", 4);
	p->shown = 0;
	errno = e;
}
