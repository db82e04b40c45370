/* The parts of a load that know no protocol. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "client.h"

void
die(char const *what, char const *why)
{
	(void)fprintf(stderr, "client: %s: %s\n", what, why ? why : strerror(errno));
	exit(1);
}

int
reach(unsigned short port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd == -1 || connect(fd, (struct sockaddr *)&a, sizeof a) == -1) die("connect", NULL);
	return fd;
}

void
get_line(struct client *c)
{
	size_t n = 0;

	do {
		if (c->at == c->len) {
			ssize_t r = read(c->fd, c->in, sizeof c->in);

			if (r <= 0) die("read", r ? NULL : "the server has gone");
			c->at = 0;
			c->len = (size_t)r;
		}
		if (n == LINE - 1) die("read", "line too long");
		c->line[n] = c->in[c->at++];
	} while (c->line[n++] != '\n');
	c->line[n] = 0;
}

void
get_reply(struct client *c)
{
	char code[4];

	get_line(c);
	memcpy(code, c->line, 3);
	code[3] = 0;
	if (c->line[3] == '-') do
			get_line(c);
		while (strncmp(c->line, code, 3) != 0 || c->line[3] != ' ');
	if (c->line[0] > '3') die("refused", c->line);
}

void
greet(struct client *c, unsigned short port)
{
	int yes = 1;

	c->at = c->len = 0;
	c->fd = reach(port);
	(void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	get_reply(c);
}

void
say(struct client *c, char const *format, ...)
{
	char line[LINE];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof line - 2, format, args);
	va_end(args);
	memcpy(line + n, "\r\n", 2);
	if (write(c->fd, line, (size_t)n + 2) != n + 2) die("write", NULL);
	get_reply(c);
}

double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* As many as there is time for: the number goes to out. */
static void
sessions(void (*session)(void), double until, int out)
{
	unsigned int n = 0;

	while (now() < until) {
		session();
		n++;
	}
	if (write(out, &n, sizeof n) != sizeof n) _exit(1);
}

void
sessions_all(void (*session)(void), double seconds, unsigned int clients)
{
	unsigned int sum = 0;
	double t = now();
	unsigned int i;
	int p[2];

	if (pipe(p) == -1) die("pipe", NULL);
	for (i = 0; i < clients; i++) {
		if (fork() != 0) continue;
		sessions(session, t + seconds, p[1]);
		_exit(0);
	}
	close(p[1]);
	for (i = 0; i < clients; i++) {
		unsigned int n;

		if (read(p[0], &n, sizeof n) != sizeof n) exit(1);
		sum += n;
	}
	printf("%.9f\n", (now() - t) / sum);
}

void
repeat(struct client *c, char const *line, unsigned int count)
{
	double t = now();

	for (; count; count--) say(c, "%s", line);
	printf("%.9f\n", now() - t);
}

void
hold(void (*begin)(struct client *), unsigned int count)
{
	for (; count; count--) {
		struct client *c = malloc(sizeof *c);

		if (!c) die("malloc", NULL);
		begin(c);
	}
	printf("ready\n");
	(void)fflush(stdout);
	while (getchar() != EOF) continue;
}

unsigned long
number(char const *s)
{
	return s ? strtoul(s, NULL, 10) : 0;
}
