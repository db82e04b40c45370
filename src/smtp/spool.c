/* The monitor opens the file a message is received in, and sees that it is left alone. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <skalibs/djbunix.h>

#include "lib/arrival.h"
#include "lib/seal.h"
#include "smtp/rules.h"
#include "smtp/session.h"
#include "smtp/spool.h"

static void
log_failure(struct session const *s, int why)
{
	struct note n;

	note_begin(&n, &s->peer, "err");
	note_text(&n, "spool", s->policy[ARRIVAL_SPOOL].text);
	note_text(&n, "why", strerror(why));
	note_end(&n);
}

int
spool_open(struct session *s)
{
	struct held *h = &s->held;
	int fd = -1;

	arrival_id(h->id);
	h->spool = arrival_spool(s->policy[ARRIVAL_SPOOL].text);
	if (h->spool != -1) fd = fcntl(h->spool, F_DUPFD_CLOEXEC, 0);
	if (fd == -1 && h->spool != -1) {
		fd_close(h->spool);
		h->spool = -1;
	}
	return fd;
}

enum monitor_result
rule_spool(struct session *s, struct monitor_message *m, int *fd)
{
	struct held *h = &s->held;

	if (*fd != -1 || h->spool != -1 || h->commands == 0) return MONITOR_FOUL;
	monitor_begin(m, MONITOR_SPOOL, 0);
	*fd = spool_open(s);
	if (*fd == -1) {
		m->number = (uint32_t)errno;
		log_failure(s, errno);
	}
	monitor_add(m, h->id, NULL);
	return MONITOR_ANSWER;
}

/* Of a file there that nobody else has ever had. */
static int
can_tell(char const *dir)
{
	int fd = arrival_spool(dir);
	int r = fd == -1 || seal_proven(&fd);

	if (fd != -1) fd_close(fd);
	return r;
}

int
spool_close(struct session *s)
{
	struct held *h = &s->held;

	h->still = seal_proven(&h->spool);
	return h->still || !can_tell(s->policy[ARRIVAL_SPOOL].text);
}
