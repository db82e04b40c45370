/* maildirsize, compared with what is there. */

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>

#include <skalibs/uint64.h>

#include "maildir/check.h"
#include "maildir/maildirsize.h"
#include "maildir/tally.h"

enum { LOOKS = 5, PAUSE = 100 /* ms */ };

/* "<bytes> bytes in <count> messages"; returns its end. */
static char *
put(char *s, struct tally const *t)
{
	s += uint64_fmt(s, t->bytes);
	s = stpcpy(s, " bytes in ");
	s += uint64_fmt(s, t->count);
	return stpcpy(s, " messages");
}

static void
drifted(struct check *c, struct tally const *said, struct tally const *is)
{
	char text[128 + 4 * UINT64_FMT];

	put(stpcpy(put(stpcpy(text, "says "), said), ", there are "), is);
	finding(&c->found, "maildirsize", text);
}

/* 1 if all is said about it without counting. */
static int
judge(struct check *c, struct maildirsize const *m)
{
	switch (m->state) {
	case MAILDIRSIZE_NONE:
	case MAILDIRSIZE_LONG: return 1;
	case MAILDIRSIZE_BAD:
		if (errno != 0) finding_failed(&c->found, "read", "maildirsize");
		if (errno == 0) finding(&c->found, "maildirsize", "has no quota that can be read");
		return 1;
	case MAILDIRSIZE_STALE:
		finding(&c->found, "maildirsize", "has lines that do not add up");
		return 1;
	case MAILDIRSIZE_GOOD: break;
	}
	return 0;
}

/*
 * Whoever delivers while we count has a name in new before a line in the file: look again, and
 * only what stays different is different.
 */
void
check_size(struct check *c, int top)
{
	struct maildirsize m;
	struct tally t;
	int i;

	for (i = 0; i < LOOKS; i++) {
		if (i > 0) poll(NULL, 0, PAUSE);
		maildirsize_read(&m, top);
		if (judge(c, &m)) return;
		if (!tally_take(&t, top)) {
			finding_failed(&c->found, "count the mail of", "");
			return;
		}
		if (m.used.bytes == t.bytes && m.used.count == t.count) return;
	}
	if (!tally_moved(&t, top)) drifted(c, &m.used, &t);
}
