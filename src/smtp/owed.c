/* Who closed its side while the program ran may be gone, or only waiting. */

#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>

#include "smtp/event.h"
#include "smtp/owed.h"
#include "smtp/session.h"

enum { PATIENCE_MS = 1000 };

void
owed_begin(struct session *s)
{
	struct pollfd x = { .fd = 0, .events = POLLRDHUP };

	memcpy(s->owed.id, s->intake.id, sizeof s->owed.id);
	s->owed.closed = s->socket && poll(&x, 1, 0) > 0;
}

void
owed_settle(struct session *s)
{
	if (!s->owed.closed && buffer_isempty(&s->out)) s->owed.id[0] = 0;
}

/*
 * There is no event for what has been acknowledged, so look ever less often; for
 * a reset there is one.
 */
static int
acknowledged(void)
{
	struct pollfd x = { .fd = 1 };
	int pause = 1;
	int waited = 0;
	int left;

	for (; waited < PATIENCE_MS; waited += pause, pause *= 2) {
		if (poll(&x, 1, waited ? pause : 0) > 0) return 0;
		if (ioctl(1, SIOCOUTQ, &left) == -1 || left == 0) return 1;
	}
	return 0;
}

void
owed_end(struct session *s, int sent)
{
	struct note n;

	if (!s->owed.id[0] || (sent && (!s->owed.closed || acknowledged()))) return;
	session_end(s, "lost", 1);
	if (!event_begin(&n, s, LOG_EVENTS, "lost-reply")) return;
	note_text(&n, "id", s->owed.id);
	note_end(&n);
}
