/* A key in lines, or in a cdb: the forms of qmail's control files. */

#include <errno.h>
#include <string.h>
#include <strings.h>

#include <skalibs/buffer.h>
#include <skalibs/cdb.h>
#include <skalibs/djbunix.h>
#include <skalibs/skamisc.h>

#include "smtp/list.h"

static int
matches(char const *line, size_t n, char const *const *keys)
{
	if (n == 0 || line[0] == '#') return 0;
	for (; *keys; keys++)
		if (strlen(*keys) == n && strncasecmp(*keys, line, n) == 0) return 1;
	return 0;
}

/* A line longer than any key matches none, and what is left of it is no line. */
static int
in_lines(int fd, char const *const *keys)
{
	char space[4096];
	char line[1024];
	buffer b = BUFFER_INIT(&buffer_read, fd, space, sizeof space);
	int rest = 0;

	for (;;) {
		size_t w = 0;
		int r = getlnmax(&b, line, sizeof line, &w, '\n');
		int more = r == -1 && errno == ERANGE && line[w - 1] != '\n';

		if (r == -1 && errno != ERANGE) return -1;
		while (w && strchr(" \t\r\n", line[w - 1])) w--;
		if (!more && !rest && matches(line, w, keys)) return 1;
		if (r == 0) return 0;
		rest = more;
	}
}

static int
in_cdb(char const *file, char const *const *keys)
{
	cdb c = CDB_ZERO;
	cdb_data data;
	int r = 0;

	if (!cdb_init(&c, file)) return -1;
	for (; r == 0 && *keys; keys++) r = cdb_find(&c, &data, *keys, (uint32_t)strlen(*keys));
	cdb_free(&c);
	if (r == -1) errno = EIO;
	return r;
}

int
list_have(char const *file, char const *const *keys)
{
	size_t n = strlen(file);
	int fd;
	int r;

	if (n > 4 && strcmp(file + n - 4, ".cdb") == 0) return in_cdb(file, keys);
	fd = openc_read(file);
	if (fd == -1) return -1;
	r = in_lines(fd, keys);
	fd_close(fd);
	return r;
}
