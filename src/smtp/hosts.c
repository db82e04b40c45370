/* Domains the administrator lists; the names of qmail's control files. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>

#include <skalibs/buffer.h>
#include <skalibs/cdb.h>
#include <skalibs/djbunix.h>
#include <skalibs/skamisc.h>

#include "smtp/hosts.h"

/* One line against the domain and each of its parents with the dot before. */
static int
matches(char const *line, size_t n, char const *domain)
{
	size_t len = strlen(domain);

	if (n == 0 || line[0] == '#') return 0;
	if (line[0] == '.') return n < len && strncasecmp(domain + len - n, line, n) == 0;
	return n == len && strncasecmp(domain, line, n) == 0;
}

static int
in_lines(int fd, char const *domain)
{
	char space[4096];
	char line[1024];
	buffer b = BUFFER_INIT(&buffer_read, fd, space, sizeof space);

	for (;;) {
		size_t w = 0;
		int r = getlnmax(&b, line, sizeof line, &w, '\n');

		if (r == -1) return -1;
		while (w && strchr(" \t\r\n", line[w - 1])) w--;
		if (matches(line, w, domain)) return 1;
		if (r == 0) return 0;
	}
}

static int
in_cdb(char const *file, char const *mailbox, char const *domain)
{
	cdb c = CDB_ZERO;
	cdb_data data;
	char const *dot;
	int r;

	if (!cdb_init(&c, file)) return -1;
	r = cdb_find(&c, &data, mailbox, (uint32_t)strlen(mailbox));
	if (r == 0) r = cdb_find(&c, &data, domain, (uint32_t)strlen(domain));
	for (dot = strchr(domain, '.'); r == 0 && dot; dot = strchr(dot + 1, '.'))
		r = cdb_find(&c, &data, dot, (uint32_t)strlen(dot));
	cdb_free(&c);
	if (r == -1) errno = EIO;
	return r;
}

int
hosts_have(char const *file, char const *mailbox, char const *domain)
{
	size_t n = strlen(file);
	int fd;
	int r;

	if (n > 4 && strcmp(file + n - 4, ".cdb") == 0) return in_cdb(file, mailbox, domain);
	fd = openc_read(file);
	if (fd == -1) return -1;
	r = in_lines(fd, domain);
	fd_close(fd);
	return r;
}
