/* Log lines: fixed words in fixed order, foreign bytes made safe. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "lib/note.h"
#include "lib/safe.h"

static void
add(struct note *n, char const *s, size_t len)
{
	size_t room = sizeof n->s - 1 - n->n;

	if (len > room) len = room;
	memcpy(n->s + n->n, s, len);
	n->n += len;
}

static void
add_key(struct note *n, char const *key)
{
	add(n, " ", 1);
	add(n, key, strlen(key));
	add(n, "=", 1);
}

void
note_text(struct note *n, char const *key, char const *value)
{
	size_t len = strlen(value);
	size_t room;

	add_key(n, key);
	room = sizeof n->s - n->n;
	n->n += safe_word(n->s + n->n, len > NOTE_SHORT ? room / 2 : room, value, len);
}

void
note_number(struct note *n, char const *key, uint64_t value)
{
	char fmt[UINT64_FMT];
	size_t len;

	add_key(n, key);
	len = uint64_fmt(fmt, value);
	add(n, fmt, len);
}

void
note_begin(struct note *n, struct peer const *p, char const *event)
{
	n->n = 0;
	add(n, PROG, strlen(PROG));
	add(n, ": ", 2);
	add(n, event, strlen(event));
	note_number(n, "pid", p->session);
	note_text(n, "ip", p->text);
	note_number(n, "port", p->port);
}

/* The log may be gone; there is nobody to tell. */
void
note_end(struct note *n)
{
	n->s[n->n++] = '\n';
	(void)fd_write(2, n->s, n->n);
}

int
note_guard(void)
{
	struct stat in;
	struct stat log;

	if (!fd_ensure_open(0, 0) || !fd_ensure_open(1, 1) || !fd_ensure_open(2, 1)) return 0;
	if (fstat(0, &in) == -1 || fstat(2, &log) == -1) return 0;
	if (!S_ISSOCK(in.st_mode) || in.st_dev != log.st_dev || in.st_ino != log.st_ino) return 1;
	return fd_move(2, openc_write("/dev/null")) == 0 && fcntl(2, F_SETFD, 0) == 0;
}
