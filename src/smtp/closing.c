/* The last reply has to arrive: RFC 5321 4.1.1.10, RFC 1122 4.2.2.13. */

#include <sys/socket.h>

#include "lib/wait.h"
#include "smtp/closing.h"
#include "smtp/owed.h"
#include "smtp/session.h"

enum { LINGER = 1 /* seconds */ };

static ssize_t
take_more(struct session *s)
{
	return connection_read(&s->connection, s->inspace, sizeof s->inspace, 0);
}

/* Whatever was read, or waits to be: 0 at the end of it. */
static int
sent_more(struct session *s)
{
	return !buffer_isempty(&s->in) || take_more(s) > 0;
}

static void
discard(struct session *s)
{
	tain until;

	tain_now_g();
	tain_addsec_g(&until, LINGER);
	while (wait_readable(0, &until) == WAIT_READY && tain_future(&until))
		if (take_more(s) <= 0) break;
}

void
closing(struct session *s)
{
	int sent;

	/* Nothing is said to junk, but what may be owed for a message before it. */
	if (s->state & S_JUNK && !s->owed.id[0]) return;
	sent = reply_flush(&s->out, &s->deadline);
	owed_end(s, sent);
	if (!sent) {
		/* Who said QUIT may have gone already. */
		session_end(s, "lost", !(s->state & S_QUIT));
		return;
	}
	if (!s->socket || s->state & S_GONE || shutdown(1, SHUT_WR) == -1) return;
	if (!(s->state & S_QUIT) || sent_more(s)) discard(s);
}
