/*
 * smtp-floor: what SMTP costs at the least. One session on descriptors 0 and 1,
 * under tcpserver: no policy, no walls, no log, no parser, and every call waits.
 * With a directory as its argument it keeps each message there: written without a
 * name, synced, named, and the directory synced.
 */

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 65536 };

static char block[BLOCK + 5];
static int dir = -1;

static void
say(char const *line)
{
	size_t n = strlen(line);

	if (write(1, line, n) != (ssize_t)n) _exit(1);
}

/* What BDAT announced, n octets, of which some came with its line. */
static void
take(int file, char const *some, size_t have, size_t n)
{
	if (have > n) _exit(1);
	if (file != -1 && write(file, some, have) != (ssize_t)have) _exit(1);
	for (n -= have; n;) {
		ssize_t r = read(0, block, n < BLOCK ? n : BLOCK);

		if (r <= 0 || (file != -1 && write(file, block, (size_t)r) != r)) _exit(1);
		n -= (size_t)r;
	}
}

/* Until CRLF.CRLF, which smtp-source and smtp-client never put anywhere else. */
static void
receive(int file)
{
	size_t kept = 0;
	int over = 0;

	while (!over) {
		ssize_t r = read(0, block + kept, BLOCK);
		size_t n;

		if (r <= 0) _exit(1);
		n = kept + (size_t)r;
		over = n >= 5 && memcmp(block + n - 5, "\r\n.\r\n", 5) == 0;
		kept = over || n < 5 ? (over ? 0 : n) : 5;
		n -= over ? 3 : kept;
		if (file != -1 && write(file, block, n) != (ssize_t)n) _exit(1);
		memmove(block, block + n, kept);
	}
}

static int
begin(void)
{
	return dir == -1 ? -1 : openat(dir, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

static void
keep(int file)
{
	static unsigned int number;
	char from[64];
	char name[64];

	if (dir == -1) return;
	(void)snprintf(from, sizeof from, "/proc/self/fd/%d", file);
	(void)snprintf(
	    name, sizeof name, "%lld.%d.%u", (long long)time(NULL), (int)getpid(), number++);
	if (fsync(file) == -1 || linkat(AT_FDCWD, from, dir, name, AT_SYMLINK_FOLLOW) == -1
	    || fsync(dir) == -1)
		_exit(1);
	close(file);
}

static void
data(void)
{
	int file = begin();

	say("354 Go\r\n");
	receive(file);
	keep(file);
	say("250 Kept\r\n");
}

static void
chunk(char *line, size_t len)
{
	static int file = -1;
	char *lf = memchr(line, '\n', len);
	size_t head = lf ? (size_t)(lf - line) + 1 : len;

	if (!lf) _exit(1);
	*lf = 0;
	if (file == -1) file = begin();
	take(file, line + head, len - head, strtoul(line + 5, NULL, 10));
	if (strstr(line, "LAST")) {
		keep(file);
		file = -1;
	}
	say("250 Kept\r\n");
}

static int
obey(char *line, size_t len)
{
	if (strncasecmp(line, "EHLO", 4) == 0)
		say("250-floor\r\n250-SIZE\r\n250-CHUNKING\r\n250 8BITMIME\r\n");
	else if (strncasecmp(line, "DATA", 4) == 0)
		data();
	else if (strncasecmp(line, "BDAT ", 5) == 0)
		chunk(line, len);
	else if (strncasecmp(line, "QUIT", 4) == 0)
		say("221 Bye\r\n");
	else
		say("250 OK\r\n");
	return strncasecmp(line, "QUIT", 4) != 0;
}

int
main(int argc, char **argv)
{
	char line[4096];
	int yes = 1;
	ssize_t r;

	if (argc > 1) dir = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (argc > 1 && dir == -1) return 1;
	(void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	say("220 floor ESMTP\r\n");
	while ((r = read(0, line, sizeof line)) > 0)
		if (!obey(line, (size_t)r)) break;
	return 0;
}
