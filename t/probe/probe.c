/* Linked into test builds only: NOOP with an argument tries the forbidden. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lib/monitor.h"
#include "probe.h"

static int
try_open(char const *path)
{
	return openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC) != -1;
}

static int
try_make(char const *path)
{
	return openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) != -1;
}

static int
try_remove(char const *path)
{
	return unlinkat(AT_FDCWD, path, 0) != -1;
}

static int
try_rename(char const *path)
{
	char new[256];

	return snprintf(new, sizeof new, "%s.probe", path)
	    < (int)sizeof new &&renameat(AT_FDCWD, path, AT_FDCWD, new)
	    != -1;
}

static int
try_link(char const *path)
{
	return symlinkat("probe", AT_FDCWD, path) != -1;
}

static int
try_chmod(char const *path)
{
	return fchmodat(AT_FDCWD, path, 0600, 0) != -1;
}

static int
try_exec(char const *path)
{
	char name[] = "probe";
	char *const argv[] = { name, NULL };
	char *const envp[] = { NULL };

	return execve(path, argv, envp) != -1;
}

static struct sockaddr_in
loopback(char const *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)) };

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return a;
}

static int
try_socket(char const *protocol)
{
	return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, atoi(protocol)) != -1;
}

static int
try_connect(char const *port)
{
	struct sockaddr_in a = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return fd != -1 && connect(fd, (struct sockaddr *)&a, sizeof a) != -1;
}

/* The same with the first bytes: TCP Fast Open. */
static int
try_fastopen(char const *port)
{
	struct sockaddr_in a = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return fd != -1 && sendto(fd, "x", 1, MSG_FASTOPEN, (struct sockaddr *)&a, sizeof a) != -1;
}

/* Into the terminal of whoever started it. */
static int
try_type(char const *text)
{
	return ioctl(2, TIOCSTI, text) != -1;
}

static int
try_kill(char const *unused)
{
	(void)unused;
	return kill(getppid(), SIGTERM) != -1;
}

static int
try_fork(char const *unused)
{
	(void)unused;
	/* musl's fork(2) blocks signals first, and would be ended for that. */
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) != -1;
}

/* Of the monitor, "kind [number ]text" with | for each 0: was it answered? */
static int
try_ask(char const *what)
{
	static struct {
		char const *word;
		enum monitor_kind kind;
	} const kinds[] = { { "arrival ", MONITOR_ARRIVAL }, { "connect ", MONITOR_CONNECT },
		{ "guest ", MONITOR_GUEST }, { "host ", MONITOR_HOST }, { "login ", MONITOR_LOGIN },
		{ "name ", MONITOR_NAME }, { "recipient ", MONITOR_RECIPIENT },
		{ "spool ", MONITOR_SPOOL }, { "tls ", MONITOR_TLS } };
	static struct monitor_message m;
	size_t head = offsetof(struct monitor_message, text);
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t n = strlen(kinds[i].word);

		if (strncmp(what, kinds[i].word, n) != 0) continue;
		what += n;
		monitor_begin(&m, kinds[i].kind, 2000);
		n = strspn(what, "0123456789");
		if (n && what[n] == ' ') {
			m.number = (uint32_t)atoi(what);
			what += n + 1;
		}
		break;
	}
	for (; *what; what++) m.text[m.len++] = *what == '|' ? 0 : *what;
	return send(MONITOR_FD, &m, head + m.len, MSG_NOSIGNAL) != -1
	    && recv(MONITOR_FD, &m, sizeof m, 0) > 0;
}

/* Of the monitor: may a recipient? fd is the file that comes with the answer. */
static int
ask_recipient(int given, int *fd)
{
	static char const pairs[] = "RECIPIENT=a@b\0SENDER=\0SMTPHELOHOST=c";
	struct monitor const mon = { .fd = MONITOR_FD };
	static struct monitor_message m;

	monitor_begin(&m, MONITOR_RECIPIENT, 1);
	memcpy(m.text, pairs, sizeof pairs);
	m.len = sizeof pairs;
	return monitor_tell(&mon, &m, given) && monitor_hear(&mon, &m, fd);
}

/* The message is handed over: is it changed while the program may be reading it? */
static int
try_swap(char const *what)
{
	struct monitor const mon = { .fd = MONITOR_FD };
	struct timespec const moment = { .tv_nsec = 300000000 };
	static struct monitor_message m;
	int changed;
	int none;
	int fd;

	if (!ask_recipient(-1, &fd)) return 0;
	if (write(fd, "good\n", 5) != 5) return 0;
	monitor_begin(&m, MONITOR_ARRIVAL, 0);
	for (; *what; what++) m.text[m.len++] = *what == '|' ? 0 : *what;
	if (!monitor_tell(&mon, &m, -1) || nanosleep(&moment, NULL) == -1) return 0;
	changed = lseek(fd, 0, SEEK_SET) == 0 && write(fd, "evil\n", 5) == 5;
	(void)lseek(fd, 3, SEEK_SET);
	return monitor_hear(&mon, &m, &none) && changed;
}

/* A descriptor of ours with the question for a recipient: was it answered? */
static int
try_plant_recipient(char const *unused)
{
	int fd;

	(void)unused;
	return ask_recipient(0, &fd);
}

/* The same with the question for a file. */
static int
try_plant(char const *unused)
{
	static struct monitor_message m;
	struct monitor monitor = { .fd = MONITOR_FD };
	int fd;

	(void)unused;
	monitor_begin(&m, MONITOR_SPOOL, 0);
	return monitor_tell(&monitor, &m, 0) && monitor_hear(&monitor, &m, &fd);
}

/* The log, where it is a file. */
static int
try_cut(char const *unused)
{
	(void)unused;
	return ftruncate(2, 0) != -1;
}

static int
try_rewrite(char const *unused)
{
	(void)unused;
	return fcntl(2, F_SETFL, 0) != -1;
}

struct reply const *
probe_try(char const *arg)
{
	static struct {
		char const *word;
		int (*run)(char const *);
	} const tries[] = { { "open ", try_open }, { "make ", try_make }, { "remove ", try_remove },
		{ "rename ", try_rename }, { "link ", try_link }, { "chmod ", try_chmod },
		{ "exec ", try_exec }, { "socket ", try_socket }, { "connect ", try_connect },
		{ "fastopen ", try_fastopen }, { "ask ", try_ask }, { "swap ", try_swap },
		{ "type ", try_type }, { "kill", try_kill }, { "fork", try_fork },
		{ "plant recipient", try_plant_recipient }, { "plant", try_plant },
		{ "cut", try_cut }, { "rewrite", try_rewrite } };
	static struct reply const done = { 250, "2.0.0 The probe got through" };
	static struct reply const failed = { 550, "5.0.0 The probe failed" };
	size_t i;

	for (i = 0; i < sizeof tries / sizeof *tries; i++) {
		size_t n = strlen(tries[i].word);

		if (strncmp(arg, tries[i].word, n) == 0)
			return tries[i].run(arg + n) ? &done : &failed;
	}
	return NULL;
}
