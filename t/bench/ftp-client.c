/*
 * ftp-client: the load of the FTP benches. It drops what it receives unread and
 * sends by sendfile(2), so that the server is what is measured. Prints seconds,
 * from the moment all clients are logged in; complains and exits 1 if a server
 * refuses or a file is not whole.
 *
 * ftp-client port down TYPE name bytes clients   each client fetches name
 * ftp-client port up TYPE file bytes clients     each stores file as in/0, in/1 ...
 * ftp-client port fetch count bytes              files f/0, f/1 ... in one session
 * ftp-client port store file count allo          file as in/0, in/1 ...; allo: say ALLO first
 * ftp-client port sessions milliseconds clients  connect, log in, PWD, QUIT, for so
 *                                                long; prints seconds a session
 * ftp-client port noop count                     NOOP, its answer
 * ftp-client port idle count                     log in, and stay until input ends
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"

enum { DROP = 1 << 20 };

struct work {
	char const *type;
	char const *name;
	unsigned long bytes;
	int upload;
};

static unsigned short port;

static void
begin(struct client *c)
{
	greet(c, port);
	say(c, "USER ftp");
	say(c, "PASS x@example.org");
}

static void
end(struct client *c)
{
	say(c, "QUIT");
	close(c->fd);
}

static int
open_data(struct client *c, char const *verb, char const *name)
{
	char const *at;
	int fd;

	say(c, "EPSV");
	at = strstr(c->line, "(|||");
	if (!at) die("EPSV", c->line);
	fd = reach((unsigned short)atoi(at + 4));
	say(c, "%s %s", verb, name);
	return fd;
}

static void
fetch(struct client *c, char const *name, unsigned long bytes)
{
	int fd = open_data(c, "RETR", name);
	unsigned long got = 0;
	ssize_t r;

	while ((r = recv(fd, NULL, DROP, MSG_TRUNC)) > 0) got += (unsigned long)r;
	if (r == -1) die("recv", NULL);
	close(fd);
	get_reply(c);
	if (got != bytes) die(name, "not whole");
}

static void
store(struct client *c, char const *file, char const *name)
{
	int from = open(file, O_RDONLY | O_CLOEXEC);
	int fd = open_data(c, "STOR", name);
	off_t at = 0;
	ssize_t r;

	while ((r = sendfile(fd, from, &at, DROP)) > 0) continue;
	if (r == -1) die("sendfile", NULL);
	close(from);
	close(fd);
	get_reply(c);
}

static void
move(struct client *c, struct work const *w, unsigned int i)
{
	char name[32];

	if (!w->upload) {
		fetch(c, w->name, w->bytes);
		return;
	}
	(void)snprintf(name, sizeof name, "in/%u", i);
	store(c, w->name, name);
}

/* Each in a process of its own; the clock starts when all are logged in. */
static void
move_all(struct work const *w, unsigned int clients)
{
	int ready[2];
	int go[2];
	double t;
	unsigned int i;
	int failed = 0;
	char b;

	if (pipe(ready) == -1 || pipe(go) == -1) die("pipe", NULL);
	for (i = 0; i < clients; i++) {
		struct client c;

		if (fork() != 0) continue;
		close(go[1]);
		begin(&c);
		say(&c, "TYPE %s", w->type);
		if (write(ready[1], "", 1) != 1 || read(go[0], &b, 1) != 0) _exit(1);
		move(&c, w, i);
		_exit(0);
	}
	close(ready[1]);
	for (i = 0; i < clients; i++)
		if (read(ready[0], &b, 1) != 1) exit(1);
	t = now();
	close(go[1]);
	for (i = 0; i < clients; i++) {
		int status;

		if (wait(&status) == -1 || status) failed = 1;
	}
	t = now() - t;
	if (failed) exit(1);
	printf("%.9f\n", t);
}

static void
fetch_many(unsigned int count, unsigned long bytes)
{
	struct client c;
	unsigned int i;
	double t;

	begin(&c);
	say(&c, "TYPE I");
	t = now();
	for (i = 0; i < count; i++) {
		char name[32];

		(void)snprintf(name, sizeof name, "f/%u", i);
		fetch(&c, name, bytes);
	}
	printf("%.9f\n", now() - t);
	end(&c);
}

static void
store_many(char const *file, unsigned int count, int allo)
{
	struct client c;
	struct stat st;
	unsigned int i;
	double t;

	if (stat(file, &st) == -1) die(file, NULL);
	begin(&c);
	say(&c, "TYPE I");
	t = now();
	for (i = 0; i < count; i++) {
		char name[32];

		(void)snprintf(name, sizeof name, "in/%u", i);
		if (allo) say(&c, "ALLO %lu", (unsigned long)st.st_size);
		store(&c, file, name);
	}
	printf("%.9f\n", now() - t);
	end(&c);
}

/* One whole session. */
static void
session(void)
{
	struct client c;

	begin(&c);
	say(&c, "PWD");
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
	struct work w;

	if (argc < 4) die("usage", "ftp-client port work argument...");
	port = (unsigned short)number(argv[1]);
	w = (struct work){ argv[3], argv[4], number(argc > 5 ? argv[5] : NULL), what[0] == 'u' };
	if (strcmp(what, "down") == 0 || strcmp(what, "up") == 0)
		move_all(&w, (unsigned int)number(argc > 6 ? argv[6] : NULL));
	else if (strcmp(what, "fetch") == 0)
		fetch_many((unsigned int)number(argv[3]), number(argv[4]));
	else if (strcmp(what, "store") == 0)
		store_many(argv[3], (unsigned int)number(argv[4]), argc > 5 && number(argv[5]));
	else if (strcmp(what, "sessions") == 0)
		sessions_all(
		    session, (double)number(argv[3]) / 1000, (unsigned int)number(argv[4]));
	else if (strcmp(what, "noop") == 0)
		noops((unsigned int)number(argv[3]));
	else if (strcmp(what, "idle") == 0)
		hold(begin, (unsigned int)number(argv[3]));
	else
		die(what, "unknown work");
	return 0;
}
