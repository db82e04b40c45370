/* DELE, RNFR, RNTO, SIZE: RFC 959 4.1.3, RFC 3659 4. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/partial.h"
#include "ftp/publish.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

enum { COUNTABLE = 1048576 /* bytes SIZE reads to count line ends */ };

/* A symbolic link goes, not what it points to; and with a name what came of it. */
struct reply const *
ftp_dele(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_no_file);
	char part[UPLOAD_NAME];
	char const *name;
	int error = 0;
	int dir;

	if (r) return r;
	dir = s->path[1] ? tree_parent(&s->tree, s->path, &name) : -1;
	if (dir == -1) return s->path[1] ? errors_or(errno, &r_no_file) : &r_is_directory;
	if (unlinkat(dir, name, 0) == -1) error = errno;
	partial_name(part, name);
	if (!error && part[0]) (void)unlinkat(dir, part, 0);
	fd_close(dir);
	if (error) return errors_or(error, &r_no_file);
	event_path(s, "del", s->path);
	return &r_deleted;
}

struct reply const *
ftp_rnfr(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_not_found);
	char const *name;
	struct stat st;
	int error = 0;
	int dir;

	if (r) return r;
	dir = tree_parent(&s->tree, s->path, &name);
	if (dir == -1) return errors_reply(errno);
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1) error = errno;
	fd_close(dir);
	if (error) return errors_reply(error);
	memcpy(s->from, s->path, sizeof s->from);
	s->state |= S_RNFR;
	return &r_rnfr_ok;
}

static int
move(int from, char const *old, int to, char const *new, int replace)
{
	if (!replace) return publish_move(from, old, to, new);
	return renameat(from, old, to, new) == 0;
}

/* Only what comes from elsewhere, to a new name, is one more. */
static int
fits(struct session *s, int to, char const *new)
{
	size_t n = (size_t)(new - s->path);

	struct stat st;

	if (strncmp(s->from, s->path, n) == 0 && !strchr(s->from + n, '/')) return 1;
	return fstatat(to, new, &st, AT_SYMLINK_NOFOLLOW) == 0 || room_entry(s, to);
}

struct reply const *
ftp_rnto(struct session *s, char *arg)
{
	int replace = s->policy[FTP_OVERWRITE].number == OVERWRITE_REPLACE;
	struct reply const *r = path_take(s, arg, &r_bad_name);
	char const *old;
	char const *new;
	int error = 0;
	int from;
	int to;

	if (r) return r;
	from = tree_parent(&s->tree, s->from, &old);
	if (from == -1) return errors_reply(errno);
	to = tree_parent(&s->tree, s->path, &new);
	if (to == -1 || !fits(s, to, new) || !move(from, old, to, new, replace)) error = errno;
	fd_close(from);
	if (to != -1) fd_close(to);
	if (error == EEXIST) return &r_taken;
	if (error) return errors_reply(error);
	event_moved(s, "mv", s->from, s->path);
	return &r_renamed;
}

/* How many bytes TYPE A would send. */
static int
count_ascii(struct session *s, uint64_t *size)
{
	int fd = tree_open(&s->tree, s->path, O_RDONLY | O_NONBLOCK);
	char last = 0;
	off_t at = 0;
	ssize_t n;
	ssize_t i;

	if (fd == -1) return 0;
	while ((n = pread(fd, s->block, sizeof s->block, at)) > 0) {
		for (i = 0; i < n; i++) {
			if (s->block[i] == '\n' && last != '\r') ++*size;
			last = s->block[i];
		}
		at += n;
	}
	fd_close(fd);
	return n == 0;
}

/* Where a restart would begin, though there is no target yet. */
static int
partial_of(struct session *s, uint64_t *size)
{
	char part[UPLOAD_NAME];
	char const *name;
	int dir;
	int found;

	if (!partial_on(s)) return 0;
	dir = tree_parent(&s->tree, s->path, &name);
	if (dir == -1) return 0;
	partial_name(part, name);
	found = partial_size(s, dir, part, size);
	fd_close(dir);
	errno = ENOENT;
	return found;
}

static struct reply const *
number(struct session *s, uint64_t n)
{
	char fmt[UINT64_FMT];

	fmt[uint64_fmt(fmt, n)] = 0;
	return reply_fill(&s->said, s->text, &r_number, fmt);
}

struct reply const *
ftp_size(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_no_file);
	int text = (s->state & S_ASCII) && s->policy[FTP_ASCII].number;
	struct stat st;
	uint64_t size;

	if (r) return r;
	if (!tree_stat(&s->tree, s->path, &st)) {
		if (errno != ENOENT || text || !partial_of(s, &size))
			return errors_or(errno, &r_no_file);
		return number(s, size);
	}
	if (!S_ISREG(st.st_mode)) return &r_not_plain;
	size = (uint64_t)st.st_size;
	if (text && size > COUNTABLE) return &r_ascii_size;
	if (text && !count_ascii(s, &size)) return errors_reply(errno);
	return number(s, size);
}
