/*
 * smtp-client: the load of the SMTP benches, but for messages per second. Prints
 * seconds; complains and exits 1 if a server refuses.
 *
 * smtp-client port sessions milliseconds clients  connect, EHLO, QUIT, for so long;
 *                                                 prints seconds a session
 * smtp-client port noop count                     NOOP, its answer
 * smtp-client port data bytes                     one message by DATA, MAIL to answer
 * smtp-client port bdat bytes                     the same by BDAT, in chunks of 1 MiB
 * smtp-client port idle count                     EHLO, and stay until input ends
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

enum { WIDTH = 78, PIECE = 1 << 20 }; /* bytes of a line with CRLF, of a write or a chunk */

static unsigned short port;
static char piece[PIECE];

static void
begin(struct client *c)
{
	greet(c, port);
	say(c, "EHLO client.example");
}

static void
end(struct client *c)
{
	say(c, "QUIT");
	close(c->fd);
}

static void
session(void)
{
	struct client c;

	begin(&c);
	end(&c);
}

static void
put(struct client *c, char const *s, size_t n)
{
	while (n) {
		ssize_t w = write(c->fd, s, n);

		if (w <= 0) die("write", NULL);
		s += w;
		n -= (size_t)w;
	}
}

/* A field, then lines, the last one short if it must be, with their ends. */
static void
fill(size_t n)
{
	static size_t filled;
	size_t i;

	if (n == filled) return;
	filled = n;
	for (i = 0; i < n; i++) {
		size_t at = i % WIDTH;

		piece[i] = at == WIDTH - 2 ? '\r' : at == WIDTH - 1 ? '\n' : (char)('a' + at % 26);
	}
	if (n < WIDTH) die("bytes", "too few");
	memcpy(piece + n - 2, "\r\n", 2);
	if (piece[n - 3] == '\r') piece[n - 3] = 'z';
	memcpy(piece, "Subject: one\r\n\r\n", 16);
}

static void
send_chunk(struct client *c, int chunked, size_t n, int last)
{
	char line[64];

	fill(n);
	if (chunked)
		put(c, line,
		    (size_t)snprintf(line, sizeof line, "BDAT %zu%s\r\n", n, last ? " LAST" : ""));
	put(c, piece, n);
	if (chunked) get_reply(c);
}

static void
message(int chunked, unsigned long bytes)
{
	struct client c;
	double t;

	begin(&c);
	t = now();
	say(&c, "MAIL FROM:<a@client.example>");
	say(&c, "RCPT TO:<b@server.example>");
	if (!chunked) say(&c, "DATA");
	for (; bytes; bytes -= bytes < PIECE ? bytes : PIECE)
		send_chunk(&c, chunked, bytes < PIECE ? bytes : PIECE, bytes <= PIECE);
	if (!chunked) say(&c, ".");
	printf("%.9f\n", now() - t);
	end(&c);
}

static void
noops(unsigned int count)
{
	struct client c;

	begin(&c);
	repeat(&c, "NOOP", count);
	end(&c);
}

int
main(int argc, char **argv)
{
	char const *what = argc > 3 ? argv[2] : "";

	if (argc < 4) die("usage", "smtp-client port work argument...");
	port = (unsigned short)number(argv[1]);
	if (strcmp(what, "sessions") == 0)
		sessions_all(
		    session, (double)number(argv[3]) / 1000, (unsigned int)number(argv[4]));
	else if (strcmp(what, "noop") == 0)
		noops((unsigned int)number(argv[3]));
	else if (strcmp(what, "data") == 0 || strcmp(what, "bdat") == 0)
		message(what[0] == 'b', number(argv[3]));
	else if (strcmp(what, "idle") == 0)
		hold(begin, (unsigned int)number(argv[3]));
	else
		die(what, "unknown work");
	return 0;
}
