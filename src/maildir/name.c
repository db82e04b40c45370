/* Unique names: maildir(5), "Can a Maildir name conflict?". */

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/fmtscan.h>
#include <skalibs/types.h>
#include <skalibs/uint64.h>

#include "maildir/name.h"

static int
plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
	    || c == '.' || c == '-';
}

/* One byte of the host's name; returns its length, 1 or 4. */
static size_t
escape(char *s, char c)
{
	unsigned int u = (unsigned char)c;

	s[0] = c;
	if (plain(c)) return 1;
	s[0] = '\\';
	s[1] = (char)('0' + (u >> 6));
	s[2] = (char)('0' + ((u >> 3) & 7));
	s[3] = (char)('0' + (u & 7));
	return 4;
}

void
name_host(char host[NAME_HOST])
{
	char raw[256] = "";
	size_t w = 0;
	char const *s;

	if (gethostname(raw, sizeof raw - 1) == -1 || raw[0] == 0) memcpy(raw, "localhost", 10);
	for (s = raw; *s != 0; s++) {
		char one[4];
		size_t n = escape(one, *s);

		if (w + n >= NAME_HOST) break;
		memcpy(host + w, one, n);
		w += n;
	}
	host[w] = 0;
}

/* Exactly six digits, so that names of one second sort by time. */
static size_t
six(char *s, unsigned long u)
{
	size_t i;

	for (i = 6; i-- > 0; u /= 10) s[i] = (char)('0' + u % 10);
	return 6;
}

int
name_make(struct name *n, char const *host, unsigned int k)
{
	struct timespec now;
	char r[8];
	char *s = n->base;

	if (clock_gettime(CLOCK_REALTIME, &now) == -1) return 0;
	if (getrandom(r, sizeof r, 0) != sizeof r) return 0;
	s += uint64_fmt(s, (uint64_t)now.tv_sec);
	*s++ = '.';
	*s++ = 'M';
	s += six(s, (unsigned long)now.tv_nsec / 1000);
	*s++ = 'P';
	s += uint64_fmt(s, (uint64_t)getpid());
	*s++ = 'Q';
	s += uint_fmt(s, k);
	*s++ = 'R';
	s += ucharn_fmt(s, r, sizeof r);
	*s++ = '.';
	*s = 0;
	stpcpy(s, host);
	return 1;
}

void
name_finish(struct name *n, char const *base, uint64_t size, uint64_t wire, char const *info)
{
	char *s = stpcpy(n->full, base);

	s = stpcpy(s, ",S=");
	s += uint64_fmt(s, size);
	if (wire != 0) {
		s = stpcpy(s, ",W=");
		s += uint64_fmt(s, wire);
	}
	*s = 0;
	stpcpy(s, info);
}
