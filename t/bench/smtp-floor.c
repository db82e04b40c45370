/*
 * smtp-floor: what SMTP costs at the least. One session on descriptors 0 and 1,
 * under tcpserver: no policy, no walls, no log, no parser, and every call waits.
 * With a directory as its argument it keeps each message there: written without a
 * name, synced, named, and the directory synced. With the word spawn before the
 * directory a program does that, itself once more, started for each message with
 * the message as its standard input: what a program of the user's costs at the least.
 */

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 65536 };

static char block[BLOCK + 5];
static int dir = -1;
static char *path;    /* of dir */
static char *program; /* ourselves, or NULL: what keeps a message is not a program */

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

	(void)snprintf(from, sizeof from, "/proc/self/fd/%d", file);
	(void)snprintf(
	    name, sizeof name, "%lld.%d.%u", (long long)time(NULL), (int)getpid(), number++);
	if (fsync(file) == -1 || linkat(AT_FDCWD, from, dir, name, AT_SYMLINK_FOLLOW) == -1
	    || fsync(dir) == -1)
		_exit(1);
}

static void
spawn(int file)
{
	char *argv[] = { program, "keep", path, NULL };
	posix_spawn_file_actions_t f;
	int status;
	pid_t pid;

	if (posix_spawn_file_actions_init(&f) || posix_spawn_file_actions_adddup2(&f, file, 0)
	    || posix_spawn(&pid, program, &f, NULL, argv, environ) || waitpid(pid, &status, 0) == -1
	    || status)
		_exit(1);
	posix_spawn_file_actions_destroy(&f);
}

static void
hand_over(int file)
{
	if (dir == -1) return;
	if (program)
		spawn(file);
	else
		keep(file);
	close(file);
}

static void
data(void)
{
	int file = begin();

	say("354 Go\r\n");
	receive(file);
	hand_over(file);
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
		hand_over(file);
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

	if (argc > 1) path = argv[argc - 1];
	if (argc > 1) dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (argc > 1 && dir == -1) return 1;
	if (argc > 2 && strcmp(argv[1], "keep") == 0) {
		keep(0);
		return 0;
	}
	if (argc > 2) program = argv[0];
	(void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	say("220 floor ESMTP\r\n");
	while ((r = read(0, line, sizeof line)) > 0)
		if (!obey(line, (size_t)r)) break;
	return 0;
}
