/* An arrival: a complete file on the standard input of a program. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/stralloc.h>
#include <skalibs/types.h>

#include "lib/arrival.h"
#include "lib/environment.h"
#include "lib/seal.h"

enum arrival
arrival_verdict(struct child_end const *end)
{
	static int const refused[] = { 65, 67, 68, 69, 76, 77, 100, 112 };
	size_t i;

	if (end->how != CHILD_EXITED) return ARRIVAL_LATER;
	if (end->code == 0) return ARRIVAL_KEPT;
	if (end->code == 99) return ARRIVAL_TAKEN;
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		if (end->code == refused[i]) return ARRIVAL_REFUSED;
	return ARRIVAL_LATER;
}

/* n in base 36, most significant digit first; returns the length. */
static size_t
fmt36(char *s, uint64_t n)
{
	static char const digit[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char turned[13];
	size_t len = 0;
	size_t i;

	do turned[len++] = digit[n % 36];
	while (n /= 36);
	for (i = 0; i < len; i++) s[i] = turned[len - 1 - i];
	return len;
}

/* Time and process: unique as long as a pid is not reused within a microsecond. */
void
arrival_id(char *id)
{
	struct timespec t;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &t);
	n = fmt36(id, (uint64_t)t.tv_sec);
	id[n++] = '-';
	n += fmt36(id + n, (uint64_t)t.tv_nsec / 1000);
	id[n++] = '-';
	n += fmt36(id + n, (uint64_t)getpid());
	id[n] = 0;
}

static int
named_spool(char const *dir)
{
	char name[4096];
	size_t n = strlen(dir);
	int fd;

	if (n > sizeof name - sizeof "/.arrival-XXXXXX") {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, dir, n);
	memcpy(name + n, "/.arrival-XXXXXX", sizeof "/.arrival-XXXXXX");
	fd = mkostemp(name, O_CLOEXEC);
	if (fd != -1) (void)unlink(name);
	return fd;
}

int
arrival_spool(char const *dir)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd == -1 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT))
		return named_spool(dir);
	return fd;
}

static int
put_facts(stralloc *sa, struct arrival_run const *a, uint64_t size)
{
	char fmt[UINT64_FMT];

	return stralloc_cats(sa, "ARRIVAL=") && stralloc_cats(sa, a->protocol) && stralloc_0(sa)
	    && stralloc_cats(sa, "ARRIVAL_ID=") && stralloc_cats(sa, a->id) && stralloc_0(sa)
	    && stralloc_cats(sa, "ARRIVAL_SIZE=") && stralloc_catb(sa, fmt, uint64_fmt(fmt, size))
	    && stralloc_0(sa) && stralloc_cats(sa, "ARRIVAL_USER")
	    && (!a->user || (stralloc_catb(sa, "=", 1) && stralloc_cats(sa, a->user)))
	    && stralloc_0(sa);
}

/* With the file in, which does not change meanwhile. */
static void
run(struct arrival_run const *a, int in, char const *extra, size_t len, struct child_end *end)
{
	/* Reused from one arrival to the next: after the first it hardly grows. */
	static stralloc changes = STRALLOC_ZERO;
	struct child c = {
		.argv = a->program, .in = in, .out = a->out, .asker = -1, .seconds = a->seconds
	};
	struct stat st;

	changes.len = 0;
	if (in == -1 || fstat(in, &st) == -1 || !put_facts(&changes, a, (uint64_t)st.st_size)
	    || !stralloc_catb(&changes, extra, len)
	    || !(c.envp = environment_with(changes.s, changes.len))) {
		*end = (struct child_end){ .how = CHILD_UNBORN, .code = errno };
		return;
	}
	child_run(&c, end);
}

void
arrival_run(struct arrival_run const *a, char const *extra, size_t len, struct child_end *end)
{
	struct seal s;
	int in;

	if (a->alone) {
		run(a, a->fd, extra, len, end);
		return;
	}
	in = seal_begin(&s, a->writer, a->fd);
	run(a, in, extra, len, end);
	if (in != -1) fd_close(in);
	seal_end(&s);
}
