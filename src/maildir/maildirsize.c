/*
 * Maildir++: the quota on the first line, then pairs of bytes and messages to be
 * added up. Whoever delivers appends a pair, so no lock is needed.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/uint64.h>

#include "maildir/litter.h"
#include "maildir/maildirsize.h"
#include "maildir/name.h"

enum {
	DIGITS = 18,
	FIELD = 12,              /* a number, blanks before it */
	PAIR = 2 * (DIGITS + 2), /* 26 bytes, but for numbers that need more */
};

static char const file[] = "maildirsize";

static int
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A number, with what is blank before it; NULL if there is none. */
static char const *
number(char const *s, int64_t *u)
{
	int minus, i;

	while (blank(*s)) s++;
	minus = *s == '-';
	s += minus;
	*u = 0;
	for (i = 0; i < DIGITS && *s >= '0' && *s <= '9'; i++) *u = *u * 10 + (*s++ - '0');
	if (minus) *u = -*u;
	return i > 0 ? s : NULL;
}

/* A line of two numbers, added to both sums; returns what follows it, or NULL. */
static char const *
pair(char const *s, int64_t *bytes, int64_t *count)
{
	int64_t b, c;

	s = number(s, &b);
	if (s == NULL || !blank(*s)) return NULL;
	s = number(s, &c);
	if (s == NULL) return NULL;
	while (blank(*s) || *s == '\r') s++;
	if (*s != '\n') return NULL;
	if (__builtin_add_overflow(*bytes, b, bytes)) return NULL;
	if (__builtin_add_overflow(*count, c, count)) return NULL;
	return s + 1;
}

/* s ends with a 0, and holds no other if it is good. */
static enum maildirsize_state
parse(struct maildirsize *m, char const *s)
{
	int64_t bytes = 0, count = 0;
	size_t n = strcspn(s, "\n");

	if (s[n] == 0 || !quota_scan(&m->quota, s, n)) return MAILDIRSIZE_BAD;
	for (s += n + 1; *s != 0; m->lines++) {
		s = pair(s, &bytes, &count);
		if (s == NULL) return MAILDIRSIZE_STALE;
	}
	if (m->lines == 0 || bytes < 0 || count < 0) return MAILDIRSIZE_STALE;
	m->used.bytes = (uint64_t)bytes;
	m->used.count = (uint64_t)count;
	return MAILDIRSIZE_GOOD;
}

static enum maildirsize_state
take(struct maildirsize *m, int fd)
{
	char buf[MAILDIRSIZE_MAX + 1];
	struct stat st;
	size_t n = 0;
	ssize_t r;

	if (fstat(fd, &st) == -1) return MAILDIRSIZE_BAD;
	errno = 0;
	if (!S_ISREG(st.st_mode)) return MAILDIRSIZE_BAD;
	while (r = fd_read(fd, buf + n, MAILDIRSIZE_MAX - n), r > 0) n += (size_t)r;
	if (r == -1) return MAILDIRSIZE_BAD;
	buf[n] = 0;
	errno = 0;
	m->mtime = st.st_mtime;
	m->state = parse(m, buf);
	if (m->state == MAILDIRSIZE_BAD) return m->state;
	if (strlen(buf) < n) return MAILDIRSIZE_STALE;
	return n == MAILDIRSIZE_MAX ? MAILDIRSIZE_LONG : m->state;
}

void
maildirsize_read(struct maildirsize *m, int top)
{
	/* NONBLOCK: a fifo is not waited for. */
	int fd = openat(top, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	*m = (struct maildirsize){ .state = MAILDIRSIZE_NONE };
	if (fd == -1) {
		if (errno != ENOENT) m->state = MAILDIRSIZE_BAD;
		return;
	}
	m->state = take(m, fd);
	close(fd);
}

/* Right-justified, and so of one length until the twelfth digit. */
static size_t
put(char *s, uint64_t u)
{
	char digits[UINT64_FMT];
	size_t n = uint64_fmt(digits, u), pad = n < FIELD ? FIELD - n : 0;

	memset(s, ' ', pad);
	memcpy(s + pad, digits, n);
	return pad + n;
}

static size_t
put_pair(char *s, uint64_t bytes, uint64_t count)
{
	size_t n = put(s, bytes);

	s[n++] = ' ';
	n += put(s + n, count);
	s[n++] = '\n';
	return n;
}

/* One write: lines of others never come in between. */
static int
append(int top, char const *line, size_t n)
{
	int const flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	int fd = openat(top, file, flags);
	struct stat st;
	int ok;

	if (fd == -1) return errno == ENOENT;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && fd_write(fd, line, n) == (ssize_t)n;
	return close(fd) == 0 && ok;
}

int
maildirsize_add(int top, uint64_t size)
{
	char line[PAIR + 1];

	return append(top, line, put_pair(line, size, 1));
}

int
maildirsize_doubt(int top)
{
	/* Whatever is added, it is below zero: all who know the file count then. */
	static char const line[] = "-99999999999 -99999999999\n";

	return append(top, line, sizeof line - 1);
}

/* Beside the messages under way, so that maildir-sweep finds it. */
static void
name(char s[NAME_SIZE])
{
	char host[NAME_HOST];
	size_t n = uint64_fmt(s, (uint64_t)time(NULL));

	name_host(host);
	s[n++] = '.';
	n += uint64_fmt(s + n, (uint64_t)getpid());
	stpcpy(stpcpy(s + n, "_NeWmAiLdIrSiZe."), host);
}

static int
fill(int fd, struct quota const *quota, struct tally const *used)
{
	char s[QUOTA_FMT + 1 + PAIR + 1];
	size_t n = quota_fmt(s, quota);

	s[n++] = '\n';
	n += put_pair(s + n, used->bytes, used->count);
	/* It may be the only place that has the quota: a power cut must not empty it. */
	return allwrite(fd, s, n) == n && fsync(fd) == 0;
}

static int
replace(int top, int tmp, struct quota const *quota, struct tally const *used)
{
	char new[NAME_SIZE];
	int fd, ok, e;

	name(new);
	fd = openat(tmp, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1) return 0;
	ok = fill(fd, quota, used);
	if (close(fd) == -1) ok = 0;
	if (ok && renameat(tmp, new, top, file) == 0) return 1;
	e = errno;
	unlinkat(tmp, new, 0);
	errno = e;
	return 0;
}

int
maildirsize_write(int top, struct quota const *quota, struct tally const *used)
{
	int tmp = openat(top, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	sigset_t were;
	int ok, e;

	if (tmp == -1) return 0;
	litter_hold(&were);
	ok = replace(top, tmp, quota, used);
	e = errno;
	litter_release(&were);
	close(tmp);
	errno = e;
	return ok;
}

void
maildirsize_remove(int top)
{
	unlinkat(top, file, 0);
}
