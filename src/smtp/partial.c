/* The monitor keeps what came of a message that broke off, for people to study. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "smtp/event.h"
#include "smtp/rules.h"
#include "smtp/session.h"

/* Nothing is ever removed: whoever can break off could make us remove what is studied. */
enum { FILES_MAX = 100, BYTES_MAX = 256 * 1024 * 1024 };

/* The next entry; NULL with errno 0 at the end. */
static struct dirent const *
next(DIR *d)
{
	errno = 0;
	return readdir(d);
}

/* 1 if size bytes more may be kept in the directory, whatever is in it now. */
static int
has_room(DIR *d, off_t size)
{
	off_t room = BYTES_MAX - size;
	unsigned int files = 0;
	struct dirent const *e;
	struct stat st;

	while (room >= 0 && files < FILES_MAX && (e = next(d))) {
		if (e->d_name[0] == '.') continue;
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1) continue;
		files++;
		room = st.st_size > room ? -1 : room - st.st_size;
	}
	if (room < 0 || files >= FILES_MAX) errno = EDQUOT;
	return errno == 0;
}

static int
copy(int from, int dir, char const *name)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int e;

	if (fd == -1) return 0;
	if (lseek(from, 0, SEEK_SET) == 0 && fd_cat(from, fd) != -1) {
		fd_close(fd);
		return 1;
	}
	e = errno;
	(void)unlinkat(dir, name, 0);
	fd_close(fd);
	errno = e;
	return 0;
}

static int
keep(struct held const *h, char const *path)
{
	DIR *d = opendir(path);
	struct stat st;
	int ok;

	if (!d) return 0;
	ok =
	    fstat(h->spool, &st) == 0 && has_room(d, st.st_size) && copy(h->spool, dirfd(d), h->id);
	closedir(d);
	return ok;
}

static void
log_failure(struct session const *s, int why)
{
	struct note n;

	if (!event_begin(&n, s, LOG_ALWAYS, "err")) return;
	note_text(&n, "partial", s->policy[SMTP_PARTIAL].text);
	note_text(&n, "why", strerror(why));
	note_end(&n);
}

enum monitor_result
rule_partial(struct session *s, struct monitor_message *m, int *fd)
{
	char const *path = s->policy[SMTP_PARTIAL].text;

	(void)fd;
	if (s->held.spool == -1 || !path || m->len) return MONITOR_FOUL;
	monitor_begin(m, MONITOR_PARTIAL, 0);
	if (keep(&s->held, path))
		monitor_add(m, s->held.id, NULL);
	else
		log_failure(s, errno);
	held_forget(&s->held);
	return MONITOR_ANSWER;
}
