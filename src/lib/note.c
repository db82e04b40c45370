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
note_bytes(struct note *n, char const *key, char const *value, size_t len)
{
	size_t room;
	char *to;

	add_key(n, key);
	room = (sizeof n->s - n->n) / 2;
	/* A key that did not fit is a line that is full. */
	if (room < 8) return;
	to = n->s + n->n;
	n->n += n->quoted ? safe_quoted(to, room, value, len) : safe_word(to, room, value, len);
}

void
note_text(struct note *n, char const *key, char const *value)
{
	note_bytes(n, key, value, strlen(value));
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
note_seconds(struct note *n, char const *key, tain const *since)
{
	char fmt[UINT64_FMT + 4];
	tain spent;
	size_t len;
	unsigned int ms;

	tain_sub(&spent, &STAMP, since);
	ms = spent.nano / 1000000;
	add_key(n, key);
	len = uint64_fmt(fmt, spent.sec.x);
	fmt[len++] = '.';
	fmt[len++] = (char)('0' + ms / 100);
	fmt[len++] = (char)('0' + ms / 10 % 10);
	fmt[len++] = (char)('0' + ms % 10);
	add(n, fmt, len);
}

static void
add_text(struct note *n, char const *s)
{
	add(n, s, strlen(s));
}

void
note_begin(struct note *n, struct peer const *p, char const *event)
{
	n->n = 0;
	n->quoted = p->log != NULL;
	add_text(n, p->log ? p->log : PROG);
	add_text(n, p->log ? " ev=" : ": ");
	add_text(n, event);
	note_number(n, p->log ? "sid" : "pid", p->session);
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
