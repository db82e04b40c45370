/* note.h - the log: one line per event on descriptor 2. */

#ifndef LIB_NOTE_H
#define LIB_NOTE_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/tai.h>

#include "lib/peer.h"

/*
 * A line being put together. A value takes at most half of the room that is left,
 * escapes included, so that what comes behind it is there.
 */
struct note {
	int quoted; /* values as safe_quoted has them, else as safe_word */
	size_t n;
	char s[2048];
};

/*
 * Begin "program: event pid= ip= port="; where p->log is set, with that word,
 * "log ev=event sid= ip= port=". PROG names the program; pid or sid is the
 * process the super-server started, for both processes of a session. No time
 * stamp: the log writers (s6-log, multilog, svlogd) add it.
 */
extern void note_begin(struct note *n, struct peer const *p, char const *event);

/* Add " key=value", the value made one word, or quoted. */
extern void note_text(struct note *n, char const *key, char const *value);
extern void note_bytes(struct note *n, char const *key, char const *value, size_t len);
extern void note_number(struct note *n, char const *key, uint64_t value);

/* Add " key=seconds" with milliseconds: from since until now, which STAMP has. */
extern void note_seconds(struct note *n, char const *key, tain const *since);

/* Write the line, in one write(2), so that lines of sessions do not mix. */
extern void note_end(struct note *n);

/*
 * Make sure descriptors 0 to 2 are open, and that 2 is a log: under inetd it
 * is the connection itself, and is then pointed at /dev/null. Returns 1, or 0
 * with errno set.
 */
extern int note_guard(void);

#endif
