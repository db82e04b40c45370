/* The talker's side of an arrival: spec in ftp-session(8), THE PROGRAM. */

#include <sys/stat.h>
#include <unistd.h>

#include "ftp/afterwards.h"
#include "ftp/arrive.h"
#include "ftp/ask.h"
#include "ftp/events.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "lib/arrival.h"

/* r with the program's line, or fallback where it printed none. */
static struct reply const *
said(struct session *s, struct reply const *r, char const *fallback)
{
	char const *line = s->message.len ? s->message.text : fallback;

	return reply_fill(&s->said, s->text, r, line);
}

static struct reply const *
verdict(struct session *s, int *keep)
{
	*keep = s->message.number == ARRIVAL_KEPT && s->policy[FTP_KEEP].number;
	switch (s->message.number) {
	case ARRIVAL_KEPT:
	case ARRIVAL_TAKEN: return said(s, &r_complete_said, r_complete.text);
	case ARRIVAL_REFUSED: return said(s, &r_refused, "Upload rejected.");
	default: return said(s, &r_later, "Upload not taken, try later.");
	}
}

enum transfer_end
arrive(struct session *s, struct reply const **accepted, int *keep)
{
	enum wake w;
	int fd;

	afterwards_now(s);
	*keep = 0;
	*accepted = &r_local;
	monitor_begin(&s->message, MONITOR_ARRIVAL, 0);
	/* The file may have begun longer than it is now. */
	if (ftruncate(s->upload.fd, (off_t)(s->upload.base + s->offset)) == -1
	    || !monitor_add(&s->message, "FTP_PATH", s->path))
		return TRANSFER_DONE;
	s->state |= S_BUSY;
	w = ask(s, s->upload.fd, &fd);
	s->state &= ~(unsigned int)S_BUSY;
	if (w == WAKE_ABORT) return TRANSFER_ABORTED;
	if (w == WAKE_READY) *accepted = verdict(s, keep);
	if (s->state & S_GONE) event_path(s, "lost", s->path);
	return TRANSFER_DONE;
}
