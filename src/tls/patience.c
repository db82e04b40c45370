/* Deadlines for poll(2). */

#include <errno.h>
#include <poll.h>

#include "tls/patience.h"

enum { DAY = 86400 };

int
patience_left(tain const *deadline)
{
	tain span;

	tain_now_g();
	if (!tain_future(deadline)) return 0;
	tain_sub(&span, deadline, &STAMP);
	if (span.sec.x >= DAY) return DAY * 1000;
	return (int)span.sec.x * 1000 + (int)(span.nano / 1000000) + 1;
}

int
patience_wait(int fd, short events, tain const *deadline)
{
	struct pollfd x = { .fd = fd, .events = events };
	int r;

	do r = poll(&x, 1, patience_left(deadline));
	while (r == -1 && errno == EINTR);
	return r == 1;
}
