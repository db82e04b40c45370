/*
 * ftp-floor: what FTP costs at the least. One session on descriptors 0 and 1,
 * under tcpserver, in the directory it is given: no policy, no walls, no
 * log, no ABOR, no publication, and every call waits. FLOOR chooses how bytes
 * move: sendfile (default) or write for RETR, read (default) or splice for STOR;
 * or is "pair": a second process stands behind the session until its end.
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE = 4096, BLOCK = 262144, PIECE = 1 << 18 };

static char const *how = "";
static char block[BLOCK];
static int listener = -1;

static void
say(char const *line)
{
	size_t n = strlen(line);

	if (write(1, line, n) != (ssize_t)n) _exit(1);
}

static void
epsv(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t n = sizeof a;
	char line[64];

	if (listener != -1) close(listener);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (struct sockaddr *)&a, sizeof a) == -1 || listen(listener, 1) == -1
	    || getsockname(listener, (struct sockaddr *)&a, &n) == -1)
		_exit(1);
	(void)snprintf(
	    line, sizeof line, "229 Extended Passive Mode (|||%u|)\r\n", ntohs(a.sin_port));
	say(line);
}

static void
send_file(int to, int from)
{
	struct stat st;
	off_t at = 0;
	ssize_t r = 1;

	if (fstat(from, &st) == -1) _exit(1);
	if (strcmp(how, "write") == 0) {
		for (; at < st.st_size && r > 0; at += r) r = write(to, block, sizeof block);
		return;
	}
	while (at < st.st_size && r > 0) r = sendfile(to, from, &at, PIECE);
}

static void
receive_spliced(int from, int to)
{
	int p[2];
	ssize_t r;

	if (pipe(p) == -1) _exit(1);
	(void)fcntl(p[1], F_SETPIPE_SZ, BLOCK);
	while ((r = splice(from, NULL, p[1], NULL, BLOCK, SPLICE_F_MOVE)) > 0)
		while (r > 0) {
			ssize_t w = splice(p[0], NULL, to, NULL, (size_t)r, SPLICE_F_MOVE);

			if (w <= 0) _exit(1);
			r -= w;
		}
	close(p[0]);
	close(p[1]);
}

static void
receive(int from, int to)
{
	ssize_t r;

	if (strcmp(how, "splice") == 0) {
		receive_spliced(from, to);
		return;
	}
	while ((r = read(from, block, sizeof block)) > 0)
		if (write(to, block, (size_t)r) != r) _exit(1);
}

static void
transfer(char const *name, int upload)
{
	int file = open(
	    name, upload ? O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0666);
	int data;

	if (file == -1) {
		say("550 No\r\n");
		return;
	}
	say("150 Here\r\n");
	data = accept(listener, NULL, NULL);
	if (upload)
		receive(data, file);
	else
		send_file(data, file);
	close(data);
	close(file);
	close(listener);
	listener = -1;
	say("226 Done\r\n");
}

static int
obey(char *line)
{
	if (strncmp(line, "USER", 4) == 0)
		say("331 Password\r\n");
	else if (strncmp(line, "PASS", 4) == 0)
		say("230 Welcome\r\n");
	else if (strncmp(line, "PWD", 3) == 0)
		say("257 \"/\"\r\n");
	else if (strncmp(line, "EPSV", 4) == 0)
		epsv();
	else if (strncmp(line, "RETR ", 5) == 0)
		transfer(line + 5, 0);
	else if (strncmp(line, "STOR ", 5) == 0)
		transfer(line + 5, 1);
	else if (strncmp(line, "QUIT", 4) == 0)
		say("221 Bye\r\n");
	else
		say("200 OK\r\n");
	return strncmp(line, "QUIT", 4) != 0;
}

/* What two processes cost, and nothing that passes between them. */
static void
split(void)
{
	pid_t pid = fork();

	if (pid == -1) _exit(1);
	if (pid == 0) return;
	close(0);
	close(1);
	(void)waitpid(pid, NULL, 0);
	_exit(0);
}

int
main(int argc, char **argv)
{
	char line[LINE];
	int yes = 1;
	ssize_t r;

	if (argc > 1 && chdir(argv[1]) == -1) return 1;
	if (getenv("FLOOR")) how = getenv("FLOOR");
	if (strcmp(how, "pair") == 0) split();
	(void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	say("220 Hello\r\n");
	while ((r = read(0, line, sizeof line - 1)) > 0) {
		line[r] = 0;
		line[strcspn(line, "\r\n")] = 0;
		if (!obey(line)) break;
	}
	return 0;
}
