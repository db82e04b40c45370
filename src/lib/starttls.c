/* UCSPI-TLS, the session's side. RFC 3207 4.2 and RFC 4217 say why it is so strict. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/ip46.h>
#include <skalibs/socket.h>
#include <skalibs/types.h>

#include "lib/monitor.h"
#include "lib/safe.h"
#include "lib/starttls.h"
#include "lib/wait.h"

#define SERVER "SSL_TLS_SNI_SERVERNAME"

enum { ABOVE = 16, REPORT_MOST = 8192 };

static void
copy(char *word, size_t max, char const *value)
{
	if (word && value) (void)safe_text(word, max, value, strlen(value));
}

/* The open descriptor the variable names, moved out of the way; or -1. */
static int
named(char const *variable)
{
	char const *x = getenv(variable);
	unsigned int fd;

	if (!x || !uint0_scan(x, &fd) || fd < 3 || fd > 65535) return -1;
	return fcntl((int)fd, F_DUPFD_CLOEXEC, ABOVE);
}

static int
put(int fd, int place)
{
	return dup3(fd, place, O_CLOEXEC) == place && ndelay_on(place) != -1;
}

static void
close_between(unsigned int first, unsigned int last)
{
	(void)syscall(SYS_close_range, first, last, 0U);
}

int
starttls_around(int fd)
{
	char const *protocol = getenv("SSL_PROTOCOL");
	uint16_t port;
	ip46 ip;

	return protocol && protocol[0] && !getenv("SSLREADFD")
	    && socket_local46(fd, &ip, &port) == -1;
}

int
starttls_take(struct starttls *t)
{
	char const *protocol = getenv("SSL_PROTOCOL");
	char const *cipher = getenv("SSL_CIPHER");
	char const *server = getenv(SERVER);
	int control = named("SSLCTLFD");
	int in = named("SSLREADFD");
	int out = named("SSLWRITEFD");
	int good = 1;

	if (protocol && starttls_around(0)) {
		t->active = 1;
		copy(t->protocol, sizeof t->protocol, protocol);
		copy(t->cipher, sizeof t->cipher, cipher);
		copy(t->server, STARTTLS_NAME, server);
	} else if (control != -1 && in != -1 && out != -1) {
		t->offered = put(in, STARTTLS_IN) && put(out, STARTTLS_OUT);
		good = t->offered;
	}
	if (control != -1 && (t->offered || t->active)) {
		t->provider = getenv("TLS_SESSION") != NULL;
		good = good && put(control, STARTTLS_CONTROL);
	}
	if (!t->offered) {
		(void)close(STARTTLS_IN);
		(void)close(STARTTLS_OUT);
	}
	if (!t->offered && !t->provider) (void)close(STARTTLS_CONTROL);
	(void)close(MONITOR_FD);
	if (t->spare > STARTTLS_OUT + 1)
		close_between(STARTTLS_OUT + 1, (unsigned int)t->spare - 1);
	close_between(t->spare ? (unsigned int)t->spare + 1 : STARTTLS_OUT + 1, ~0U);
	return good;
}

void
starttls_take_client(struct starttls *t, int network)
{
	static char const *const variables[] = { "SSLCTLFD", "SSLREADFD", "SSLWRITEFD" };
	int fd[3];
	int i;

	t->client = 1;
	t->network = network;
	t->offered = 1;
	for (i = 0; i < 3; i++) {
		fd[i] = named(variables[i]);
		if (fd[i] == -1) t->offered = 0;
	}
	/* Their numbers may be the same, or those of the places. */
	for (i = 0; i < 3 && t->offered; i++) {
		unsigned int old;

		if (uint0_scan(getenv(variables[i]), &old)) (void)close((int)old);
	}
	for (i = 0; i < 3; i++) {
		if (fd[i] == -1) continue;
		if (t->offered && !put(fd[i], STARTTLS_CLIENT + i)) t->offered = 0;
		fd_close(fd[i]);
	}
}

void
starttls_drop(struct starttls *t)
{
	if (t->offered || t->provider) fd_close(STARTTLS_CONTROL);
	if (t->offered) {
		fd_close(STARTTLS_IN);
		fd_close(STARTTLS_OUT);
	}
	t->offered = t->provider = 0;
}

static int
control_of(struct starttls const *t)
{
	return t->client ? STARTTLS_CLIENT : STARTTLS_CONTROL;
}

/* One byte: 1; 0 at the end, when the time is up, or when we are told to end. */
static int
hear(struct starttls const *t, char *c, tain const *deadline)
{
	int fd = control_of(t);

	for (;;) {
		ssize_t r = read(fd, c, 1);

		if (r == 1) return 1;
		if (r == 0 || (errno != EAGAIN && errno != EINTR)) return 0;
		if (wait_readable(fd, deadline) != WAIT_READY) return 0;
	}
}

static int
tell(struct starttls const *t, char c)
{
	return write(control_of(t), &c, 1) == 1;
}

int
starttls_ready(struct starttls *t, tain const *deadline)
{
	char c;

	if (!t->offered) return 0;
	if (!t->provider || (tell(t, 'R') && hear(t, &c, deadline) && c == '.')) return 1;
	starttls_drop(t);
	return 0;
}

int
starttls_early(void)
{
	struct pollfd x = { .fd = 0, .events = POLLIN };

	return poll(&x, 1, 0) != 0;
}

static void
learn(struct starttls *t, char const *s)
{
	size_t const n = sizeof SERVER;

	if (strncmp(s, "SSL_PROTOCOL=", 13) == 0) copy(t->protocol, sizeof t->protocol, s + 13);
	if (strncmp(s, "SSL_CIPHER=", 11) == 0) copy(t->cipher, sizeof t->cipher, s + 11);
	if (strncmp(s, SERVER "=", n) == 0) copy(t->server, STARTTLS_NAME, s + n);
}

/*
 * The strings, each ended by a 0, and one 0 more; some providers close instead of that,
 * others never close. Nothing at all: the handshake failed.
 */
static int
report(struct starttls *t, tain const *deadline)
{
	char s[STARTTLS_NAME + sizeof SERVER + 1];
	size_t n = 0;
	size_t all = 0;

	while (all++ < REPORT_MOST) {
		char c;

		if (!hear(t, &c, deadline)) return all > 1;
		if (c == 0 && n == 0) return all > 1 || hear(t, &c, deadline);
		if (n < sizeof s - 1) s[n++] = c;
		if (c == 0) {
			s[n - 1] = 0;
			learn(t, s);
			n = 0;
		}
	}
	return 0;
}

int
starttls_begin(struct starttls *t, tain const *deadline)
{
	int control = control_of(t);
	int network = t->client ? t->network : 0;

	if (!t->offered || !tell(t, 'Y') || !report(t, deadline)) return 0;
	if (dup2(control + 1, network) == -1 || dup2(control + 2, network + 1) == -1) return 0;
	fd_close(control + 1);
	fd_close(control + 2);
	if (!t->provider) fd_close(control);
	t->offered = 0;
	t->active = 1;
	return 1;
}
