/* A file or a pipe that goes into a message. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/types.h>

#include "mime/source.h"

#define BLOCK 65536

int
mime_source_descriptor(char const *path)
{
	unsigned int fd;

	if (strcmp(path, "-") == 0) return 0;
	if (strncmp(path, "fd:", 3) != 0 || !uint0_scan(path + 3, &fd) || fd > INT_MAX) return -1;
	return (int)fd;
}

/* Files of /proc have no size, and bytes all the same: they are read like pipes. */
static int
has_bytes(int fd)
{
	char c;

	return pread(fd, &c, 1, 0) != 0;
}

int
mime_source_open(struct mime_source *s, char const *path)
{
	struct stat st;

	s->path = path;
	s->held = s->next = 0;
	s->done = 0;
	s->start = 0;
	s->fd = mime_source_descriptor(path);
	if (s->fd == -1) s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd == -1 || fstat(s->fd, &st) == -1) return 0;
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return 0;
	}
	s->bounded = S_ISREG(st.st_mode) && !(st.st_size == 0 && has_bytes(s->fd));
	if (!s->bounded) return 1;
	s->start = lseek(s->fd, 0, SEEK_CUR);
	if (s->start == -1) return 0;
	s->size = s->start < st.st_size ? (uint64_t)(st.st_size - s->start) : 0;
	return 1;
}

ssize_t
mime_source_read(struct mime_source *s, char *out, size_t n)
{
	ssize_t r;

	if (s->next < s->held) {
		size_t k = s->held - s->next < n ? s->held - s->next : n;

		memcpy(out, s->hold + s->next, k);
		s->next += k;
		return (ssize_t)k;
	}
	if (s->bounded && n > s->size - s->done) n = (size_t)(s->size - s->done);
	if (n == 0) return 0;
	r = fd_read(s->fd, out, n);
	if (r > 0) s->done += (uint64_t)r;
	if (r == 0 && s->bounded) {
		errno = EIO;
		return -1;
	}
	return r;
}

/* Read of a pipe into the hold until it has n bytes or the pipe ends; 1, 0 at the end, -1. */
static int
fill(struct mime_source *s, size_t n)
{
	while (s->held < n) {
		ssize_t r = fd_read(s->fd, s->hold + s->held, n - s->held);

		if (r <= 0) return (int)r;
		s->held += (size_t)r;
	}
	return 1;
}

int
mime_source_hold(struct mime_source *s)
{
	int r = s->bounded ? 0 : fill(s, MIME_SOURCE_HOLD);

	return r == -1 ? -1 : r == 0;
}

int
mime_source_rewind(struct mime_source *s)
{
	s->next = 0;
	s->done = 0;
	return !s->bounded || lseek(s->fd, s->start, SEEK_SET) != -1;
}

ssize_t
mime_source_peek(struct mime_source *s, char *out, size_t n)
{
	if (s->bounded) return pread(s->fd, out, n, s->start);
	if (fill(s, n) == -1) return -1;
	if (n > s->held) n = s->held;
	memcpy(out, s->hold, n);
	return (ssize_t)n;
}

ssize_t
mime_source_look(struct mime_source const *s, uint64_t at, char *out, size_t n)
{
	uint64_t end = s->bounded ? s->size : s->held;

	if (at >= end) return 0;
	if (n > end - at) n = (size_t)(end - at);
	if (s->bounded) return pread(s->fd, out, n, s->start + (off_t)at);
	memcpy(out, s->hold + at, n);
	return (ssize_t)n;
}

static int
survey_file(struct mime_source *s, struct mime_survey *v)
{
	static _Alignas(4096) char block[BLOCK]; /* see leaf.c */
	uint64_t at = 0;

	while (at < s->size) {
		ssize_t r = pread(s->fd, block, sizeof block, s->start + (off_t)at);

		if (r == 0) errno = EIO;
		if (r <= 0) return 0;
		if ((uint64_t)r > s->size - at) r = (ssize_t)(s->size - at);
		mime_survey(v, block, (size_t)r);
		at += (uint64_t)r;
	}
	mime_survey_end(v);
	return 1;
}

int
mime_source_survey(struct mime_source *s, struct mime_survey *v, enum mime_cpu *cpu)
{
	memset(v, 0, sizeof *v);
	v->cpu = cpu;
	v->whole = 1;
	if (s->bounded) return survey_file(s, v);
	v->whole = mime_source_hold(s);
	if (v->whole == -1) return 0;
	mime_survey(v, s->hold, s->held);
	if (v->whole) mime_survey_end(v);
	return 1;
}
