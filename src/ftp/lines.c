/* The text buffer of a data connection. */

#include <errno.h>
#include <sys/socket.h>

#include "ftp/lines.h"
#include "ftp/session.h"

enum step
lines_send(struct session *s)
{
	while (s->lines_at < s->lines_len) {
		ssize_t r = send(s->transfer.data, s->lines + s->lines_at,
		    s->lines_len - s->lines_at, MSG_NOSIGNAL);

		if (r == -1 && errno == EINTR) continue;
		if (r == -1) return errno == EAGAIN ? STEP_MORE : STEP_BROKEN;
		s->lines_at += (size_t)r;
		s->transfer.done += (uint64_t)r;
	}
	s->lines_at = s->lines_len = 0;
	return STEP_END;
}
