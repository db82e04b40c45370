/* Failures: errno to RFC 3463 status, and the two lines about it. */

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/strerr.h>

#include "maildir/trouble.h"
#include "maildir/verdicts.h"

static struct verdict const *
by_errno(struct verdict const *otherwise)
{
	switch (errno) {
	case ENOSPC:
	case EFBIG: return &v_disk;
	case EDQUOT: return &v_full;
	default: return otherwise;
	}
}

int
trouble_sys(struct trouble *t, struct verdict const *verdict, char const *doing, char const *where)
{
	*t = (struct trouble){ by_errno(verdict), doing, where, errno };
	return 0;
}

int
trouble_box(struct trouble *t, char const *doing, char const *where)
{
	int e = errno;
	int gone = e == ENOENT || e == ENOTDIR || e == ELOOP || e == EACCES || e == ENAMETOOLONG;

	return trouble_sys(t, gone ? &v_nobox : &v_local, doing, where);
}

int
trouble_say(struct trouble *t, struct verdict const *verdict, char const *doing, char const *where)
{
	*t = (struct trouble){ verdict, doing, where, 0 };
	return 0;
}

/* The line for the sender, in one write: a pipe then has all of it or nothing. */
static void
tell_sender(struct verdict const *v)
{
	char line[128];
	size_t n = strlen(v->status), m = strlen(v->text);

	if (n + m + 2 > sizeof line) return;
	memcpy(line, v->status, n);
	line[n] = ' ';
	memcpy(line + n + 1, v->text, m);
	line[n + m + 1] = '\n';
	fd_write(1, line, n + m + 2);
}

void
trouble_tell(struct trouble const *t)
{
	struct verdict const *v = t->verdict;

	tell_sender(v);
	strerr_warn(PROG, ": fatal: ", v->status, " ", v->text, ": ", t->err ? "unable to " : "",
	    t->doing, " ", t->where, t->err ? ": " : "", t->err ? strerror(t->err) : "");
}
