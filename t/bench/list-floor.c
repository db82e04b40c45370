/*
 * list-floor dir: the least a server can do for a listing. Waits for one byte
 * on descriptor 0, L for LIST or M for MLSD, and writes the lines that
 * ftp-session writes: getdents64(2), statx(2), no sorting, no rules.
 */

#include <fcntl.h>
#include <linux/stat.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FULL = 57344, LINE = 1024 };

struct record {
	uint64_t inode;
	int64_t offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

struct output {
	char *p;
	char bytes[FULL + LINE];
};

static char *
number(char *p, uint64_t n, int width, char fill)
{
	char s[20];
	int at = 20;

	do s[--at] = (char)('0' + n % 10);
	while (n /= 10);
	for (; width > 20 - at; width--) *p++ = fill;
	memcpy(p, s + at, (size_t)(20 - at));
	return p + 20 - at;
}

static char *
hex(char *p, uint64_t n)
{
	int shift = 60;

	while (shift && !(n >> shift)) shift -= 4;
	for (; shift >= 0; shift -= 4) *p++ = "0123456789abcdef"[n >> shift & 15];
	return p;
}

static char *
text(char *p, char const *s)
{
	size_t n = strlen(s);

	memcpy(p, s, n);
	return p + n;
}

/* The file times are all of one day: so is the part that is kept. */
static char *
date(char *p, int64_t seconds, int list)
{
	static int64_t day = -1;
	static char month[8];
	static char stamp[9];
	int64_t rest = seconds % 86400;

	if (seconds / 86400 != day) {
		time_t t = (time_t)seconds;
		struct tm tm;

		day = seconds / 86400;
		(void)gmtime_r(&t, &tm);
		(void)strftime(month, sizeof month, "%b %e ", &tm);
		(void)strftime(stamp, sizeof stamp, "%Y%m%d", &tm);
	}
	p = text(p, list ? month : stamp);
	p = number(p, (uint64_t)rest / 3600, 2, '0');
	if (list) *p++ = ':';
	p = number(p, (uint64_t)rest / 60 % 60, 2, '0');
	return list ? p : number(p, (uint64_t)rest % 60, 2, '0');
}

static char *
long_line(char *p, struct statx const *x)
{
	int i;

	*p++ = (x->stx_mode & 0170000) == 0040000 ? 'd' : '-';
	for (i = 0; i < 9; i++) *p++ = x->stx_mode & (0400 >> i) ? "rwx"[i % 3] : '-';
	*p++ = ' ';
	p = number(p, x->stx_nlink, 3, ' ');
	p = text(p, " ftp      ftp      ");
	p = number(p, x->stx_size, 12, ' ');
	*p++ = ' ';
	p = date(p, x->stx_mtime.tv_sec, 1);
	*p++ = ' ';
	return p;
}

static char *
facts(char *p, struct statx const *x)
{
	p = text(p, "type=file;size=");
	p = number(p, x->stx_size, 1, '0');
	p = date(text(p, ";modify="), x->stx_mtime.tv_sec, 0);
	p = text(p, ";perm=");
	if (x->stx_mode & 4) *p++ = 'r';
	p = hex(text(p, ";unique="), (uint64_t)x->stx_dev_major << 8 | x->stx_dev_minor);
	*p++ = 'g';
	p = hex(p, x->stx_ino);
	p = text(p, ";UNIX.mode=0");
	*p++ = (char)('0' + (x->stx_mode >> 6 & 7));
	*p++ = (char)('0' + (x->stx_mode >> 3 & 7));
	*p++ = (char)('0' + (x->stx_mode & 7));
	return text(p, "; ");
}

static void
flush(struct output *o)
{
	char const *at = o->bytes;

	while (at < o->p) {
		ssize_t w = write(1, at, (size_t)(o->p - at));

		if (w <= 0) _exit(111);
		at += w;
	}
	o->p = o->bytes;
}

int
main(int argc, char **argv)
{
	static _Alignas(8) char space[262144];
	static struct output o;
	int fd = argc > 1 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
	char how;
	long n;

	o.p = o.bytes;
	if (fd == -1 || read(0, &how, 1) != 1) return 111;
	while ((n = syscall(SYS_getdents64, fd, space, sizeof space)) > 0) {
		long at;

		for (at = 0; at < n;) {
			struct record *r = (struct record *)(void *)(space + at);
			struct statx x;

			at += r->length;
			if (r->name[0] == '.') continue;
			if (syscall(SYS_statx, fd, r->name,
			        AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC, STATX_BASIC_STATS, &x)
			    != 0)
				continue;
			o.p = how == 'L' ? long_line(o.p, &x) : facts(o.p, &x);
			o.p = text(text(o.p, r->name), "\r\n");
			if (o.p - o.bytes >= FULL) flush(&o);
		}
	}
	flush(&o);
	return 0;
}
