/*
 * smtp-large port MiB data|bdat: send one message of lines of 76 to 127.0.0.1,
 * all of it in memory before; print MB/s from the first byte of DATA or BDAT to
 * the reply to the end. smtp-large floor dir: receive whatever comes on
 * descriptor 0 by the same dialogue, knowing where it ends; write it once, sync
 * it and its directory, name it.
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 78, CHUNK = 65536, FLOOR_BLOCK = 262144 };

static void
die(char const *what)
{
	perror(what);
	exit(1);
}

static int
reply(int fd)
{
	static char line[4096];
	size_t n = 0;

	for (;;) {
		ssize_t r = read(fd, line + n, sizeof line - 1 - n);
		char *last;

		if (r <= 0) die("read");
		n += (size_t)r;
		line[n] = 0;
		if (n < 4 || line[n - 1] != '\n') continue;
		line[n - 1] = 0;
		last = strrchr(line, '\n');
		last = last ? last + 1 : line;
		if (last[3] == ' ') return atoi(last);
		line[n - 1] = '\n';
	}
}

static void
put(int fd, char const *s, size_t n)
{
	while (n > 0) {
		ssize_t r = write(fd, s, n);

		if (r <= 0) die("write");
		s += r;
		n -= (size_t)r;
	}
}

static int
say(int fd, char const *line)
{
	put(fd, line, strlen(line));
	return reply(fd);
}

static int
reach(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&a, sizeof a) == -1) die("connect");
	return fd;
}

static char *
letter(size_t n)
{
	char *s = malloc(n + CHUNK);
	size_t i;

	if (!s) die("malloc");
	for (i = 0; i < n; i++) s[i] = (char)('a' + (i * 7 + i / WIDTH) % 26);
	for (i = WIDTH; i <= n; i += WIDTH) memcpy(s + i - 2, "\r\n", 2);
	memcpy(s, "Subject: bench\r\n\r\n", 18);
	return s;
}

static int
send_chunks(int fd, char const *s, size_t n)
{
	size_t i;
	int code = 0;

	for (i = 0; i < n;) {
		size_t len = n - i < 524288 ? n - i : 524288;
		char line[64];

		snprintf(line, sizeof line, "BDAT %zu%s\r\n", len, i + len == n ? " LAST" : "");
		put(fd, line, strlen(line));
		put(fd, s + i, len);
		i += len;
		if (i == n) break;
		code = reply(fd);
		if (code != 250) return code;
	}
	return reply(fd);
}

static int
send_one(int port, size_t n, int bdat)
{
	struct timespec from, to;
	char *s = letter(n);
	int fd = reach(port);
	int code;

	reply(fd);
	say(fd, "EHLO c\r\n");
	say(fd, "MAIL FROM:<a@b.example>\r\n");
	say(fd, "RCPT TO:<c@d.example>\r\n");
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (bdat)
		code = send_chunks(fd, s, n);
	else {
		if (say(fd, "DATA\r\n") != 354) die("DATA");
		put(fd, s, n);
		code = say(fd, "\r\n.\r\n");
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	if (code != 250) {
		fprintf(stderr, "answered %d\n", code);
		return 1;
	}
	printf("%.0f\n",
	    (double)n * 1e3
	        / ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)));
	return 0;
}

static int
floor_take(char const *dir)
{
	static char block[FLOOR_BLOCK];
	char name[64];
	ssize_t r;
	int d = open(dir, O_RDONLY | O_DIRECTORY);
	int f = open(dir, O_TMPFILE | O_WRONLY, 0600);

	if (d == -1 || f == -1) die(dir);
	put(1, "354 go\r\n", 8);
	for (;;) {
		r = read(0, block, sizeof block);
		if (r <= 0) die("read");
		put(f, block, (size_t)r);
		if (r >= 5 && memcmp(block + r - 5, "\r\n.\r\n", 5) == 0) break;
	}
	snprintf(name, sizeof name, "/proc/self/fd/%d", f);
	if (fsync(f) == -1) die("fsync");
	if (linkat(AT_FDCWD, name, d, "message", AT_SYMLINK_FOLLOW) == -1) die("linkat");
	if (fsync(d) == -1) die("fsync");
	put(1, "250 kept\r\n", 10);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "floor") == 0) {
		char line[512];
		int i;

		put(1, "220 floor\r\n", 11);
		for (i = 0; i < 3; i++)
			if (read(0, line, sizeof line) > 0) put(1, "250 ok\r\n", 8);
		if (read(0, line, sizeof line) <= 0) return 1;
		return floor_take(argv[2]);
	}
	if (argc != 4) return 100;
	return send_one(atoi(argv[1]), (size_t)atoi(argv[2]) << 20, argv[3][0] == 'b');
}
