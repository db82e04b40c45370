/* A lease as proof, else RLIMIT_FSIZE of another process; O_TMPFILE knows no seals. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "lib/seal.h"

/* By its name in /proc the file is opened anew. */
static int
open_anew(int fd, int flags)
{
	char name[32] = "/proc/self/fd/";
	size_t n = strlen(name);

	name[n + uint_fmt(name + n, (unsigned int)fd)] = 0;
	return open(name, flags | O_CLOEXEC);
}

static int
read_only(int fd)
{
	int again = open_anew(fd, O_RDONLY);

	if (again != -1) return again;
	if (lseek(fd, 0, SEEK_SET) == -1) return -1;
	return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* A lease for reading is given where nobody, we neither, could write by what is open. */
int
seal_proven(int *fd)
{
	int again = read_only(*fd);

	if (again == -1) return 0;
	fd_close(*fd);
	*fd = again;
	return fcntl(again, F_SETLEASE, F_RDLCK) == 0 && fcntl(again, F_SETLEASE, F_UNLCK) == 0;
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

/* A write that has begun keeps the file locked until its end: this waits for it. */
static int
await_writer(int fd)
{
	int again = open_anew(fd, O_WRONLY);
	struct stat st;
	int r = fstat(fd, &st) == 0 && ftruncate(again == -1 ? fd : again, st.st_size) == 0;

	if (again != -1) fd_close(again);
	return r;
}

int
seal_begin(struct seal *s, pid_t writer, int fd)
{
	*s = (struct seal){ .writer = writer };
	stop_writer(s);
	if (s->sealed && !await_writer(fd)) return -1;
	return read_only(fd);
}

void
seal_end(struct seal const *s)
{
	if (s->sealed) (void)prlimit(s->writer, RLIMIT_FSIZE, &s->before, NULL);
}
