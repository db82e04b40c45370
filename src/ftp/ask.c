/* Questions to the monitor. It may be busy for minutes with a program. */

#include <poll.h>

#include <skalibs/djbunix.h>

#include "ftp/ask.h"
#include "ftp/session.h"
#include "lib/packet.h"

enum { PATIENCE = 172800 /* seconds: the program's own limit is shorter */ };

/* One answer: 1, or 0 if the monitor failed. */
static int
hear(struct session *s, uint32_t kind, int *got)
{
	s->message.kind = kind;
	return monitor_hear(&s->monitor, &s->message, got);
}

enum wake
ask_until(struct session *s, int fd, int *got, tain const *deadline)
{
	uint32_t kind = s->message.kind;

	*got = -1;
	if (!s->monitored || !monitor_tell(&s->monitor, &s->message, fd)) return WAKE_TIMEOUT;
	for (;;) {
		enum wake w = transfer_wait(s, s->monitor.fd, POLLIN, deadline);

		if (w == WAKE_GONE) continue;
		if (w != WAKE_READY) {
			s->owed++;
			return w;
		}
		if (!s->owed) return hear(s, kind, got) ? WAKE_READY : WAKE_TIMEOUT;
		/* What was given up before, whatever it was: answers come in order. */
		if (packet_receive(s->monitor.fd, &s->message, got) != 1) return WAKE_TIMEOUT;
		if (*got != -1) fd_close(*got);
		*got = -1;
		s->owed--;
	}
}

enum wake
ask(struct session *s, int fd, int *got)
{
	tain deadline;

	tain_now_g();
	tain_addsec_g(&deadline, PATIENCE);
	return ask_until(s, fd, got, &deadline);
}
