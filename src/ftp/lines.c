/* The text buffer of a data connection. */

#include <errno.h>
#include <sys/socket.h>

#include "ftp/flow.h"
#include "ftp/lines.h"
#include "ftp/session.h"

enum step
lines_send(struct session *s)
{
	while (s->lines_at < s->lines_len) {
		size_t most = flow_most(s, s->lines_len - s->lines_at);
		ssize_t r;

		if (!most) return STEP_MORE;
		r = send(s->transfer.data, s->lines + s->lines_at, most, MSG_NOSIGNAL);
		if (r == -1 && errno == EINTR) continue;
		if (r == -1) return errno == EAGAIN ? STEP_MORE : STEP_BROKEN;
		s->lines_at += (size_t)r;
		flow_moved(s, (size_t)r);
	}
	s->lines_at = s->lines_len = 0;
	return STEP_END;
}
