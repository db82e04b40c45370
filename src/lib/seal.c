/* RLIMIT_FSIZE of another process; O_TMPFILE knows neither seals nor leases. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/types.h>

#include "lib/seal.h"

/* By its name in /proc the file is opened anew. */
static int
read_only(int fd)
{
	char name[32] = "/proc/self/fd/";
	size_t n = strlen(name);
	int again;

	name[n + uint_fmt(name + n, (unsigned int)fd)] = 0;
	again = open(name, O_RDONLY | O_CLOEXEC);
	if (again != -1) return again;
	if (lseek(fd, 0, SEEK_SET) == -1) return -1;
	return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* A writer that has died by now writes no more either. */
static void
stop_writer(struct seal *s)
{
	struct rlimit none;

	if (!s->writer || prlimit(s->writer, RLIMIT_FSIZE, NULL, &s->before) == -1) return;
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = s->before.rlim_max };
	s->sealed = prlimit(s->writer, RLIMIT_FSIZE, &none, NULL) == 0;
}

int
seal_begin(struct seal *s, pid_t writer, int fd)
{
	struct stat st;

	*s = (struct seal){ .writer = writer };
	stop_writer(s);
	/* A write that has begun keeps the file locked until its end: this waits for it. */
	if (s->sealed && (fstat(fd, &st) == -1 || ftruncate(fd, st.st_size) == -1)) return -1;
	return read_only(fd);
}

void
seal_end(struct seal const *s)
{
	if (s->sealed) (void)prlimit(s->writer, RLIMIT_FSIZE, &s->before, NULL);
}
