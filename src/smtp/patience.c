/* Waiting with the client in view. */

#include <errno.h>

#include "lib/wait.h"
#include "smtp/patience.h"
#include "smtp/session.h"

enum {
	LONGEST = 60, /* seconds: the monitor, which is bounded itself, ends first */
	CLOSED = 2    /* seconds for an answer that may still be wanted, but not for mail */
};

/* Take what is there. 0 at the end of it. */
static int
read_on(struct session *s)
{
	ssize_t r;

	do r = connection_fill(&s->connection, &s->in, 0);
	while (r > 0 && !buffer_isfull(&s->in));
	return r > 0 || (r == -1 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

int
patience(struct session *s)
{
	struct pollfd x[2] = { { .fd = s->monitor.fd, .events = POLLIN }, { .fd = 0 } };
	/* A pipe whose writer has gone looks the same as long as it is not read empty. */
	unsigned int n = s->socket ? 2 : 1;
	tain deadline;
	int open = 1;

	if (!session_flush(s)) return 0;
	tain_now_g();
	tain_addsec_g(&deadline, LONGEST);
	for (;;) {
		int reads = open && !buffer_isfull(&s->in);
		enum wait end;

		x[1].events = reads ? POLLIN : 0;
		end = wait_poll(x, n, &deadline);
		if (end == WAIT_ENDED) {
			/* The monitor, told as well, ends the program. */
			session_term(s);
			continue;
		}
		if (end != WAIT_READY) return 0;
		if (x[0].revents) return 1;
		if (!reads) return 0;
		open = read_on(s);
		tain_now_g();
		if (!open && buffer_isempty(&s->in)) tain_addsec_g(&deadline, CLOSED);
	}
}
