/* The monitor's side of a session, and how the talker speaks to it. */

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "lib/confine.h"
#include "lib/monitor.h"
#include "lib/note.h"
#include "lib/packet.h"
#include "lib/safe.h"
#include "lib/starttls.h"
#include "lib/wait.h"

void
monitor_begin(struct monitor_message *msg, enum monitor_kind kind, uint32_t number)
{
	msg->kind = kind;
	msg->number = number;
	msg->detail = 0;
	msg->len = 0;
}

int
monitor_add(struct monitor_message *msg, char const *name, char const *value)
{
	size_t n = strlen(name);
	size_t m = value ? strlen(value) + 1 : 0;

	if (n + m + 1 > MONITOR_TEXT - msg->len) return 0;
	memcpy(msg->text + msg->len, name, n);
	msg->len += (uint32_t)n;
	if (value) {
		msg->text[msg->len] = '=';
		memcpy(msg->text + msg->len + 1, value, m - 1);
		msg->len += (uint32_t)m;
	}
	msg->text[msg->len++] = 0;
	return 1;
}

int
monitor_tell(struct monitor const *m, struct monitor_message const *msg, int fd)
{
	return packet_send(m->fd, msg, fd);
}

int
monitor_hear(struct monitor const *m, struct monitor_message *msg, int *fd)
{
	uint32_t kind = msg->kind;
	int r = packet_receive(m->fd, msg, fd);

	if (r == 1 && msg->kind == kind) return 1;
	if (r != -1) errno = r ? EPROTO : EPIPE;
	return 0;
}

static int
pair_ok(char const *s, char const *const *names, uint64_t *seen)
{
	size_t n = strcspn(s, "=");
	unsigned int i;

	if (s[n] == 0) return 0;
	for (i = 0; names[i]; i++) {
		if (strlen(names[i]) != n || memcmp(names[i], s, n) != 0) continue;
		if (*seen >> i & 1) return 0;
		*seen |= (uint64_t)1 << i;
		return safe_is(s + n + 1, strlen(s + n + 1), 1);
	}
	return 0;
}

int
monitor_pairs_ok(struct monitor_message const *msg, char const *const *names)
{
	uint64_t seen = 0;
	size_t i;

	for (i = 0; i < msg->len; i += strlen(msg->text + i) + 1)
		if (!pair_ok(msg->text + i, names, &seen)) return 0;
	return 1;
}

char const *
monitor_value(struct monitor_message const *msg, char const *name)
{
	size_t n = strlen(name);
	size_t i;

	for (i = 0; i < msg->len; i += strlen(msg->text + i) + 1)
		if (strncmp(msg->text + i, name, n) == 0 && msg->text[i + n] == '=')
			return msg->text + i + n + 1;
	return NULL;
}

static void
log_trap(struct monitor const *m, uint32_t number)
{
	struct note n;

	note_begin(&n, m->peer, "forbidden");
	note_text(&n, "call", confine_name(number));
	note_number(&n, "number", number);
	note_end(&n);
}

static enum monitor_result
judge(struct monitor const *m, struct session *s, struct monitor_message *msg, int *fd)
{
	struct monitor_rule const *rule;

	if (msg->kind == MONITOR_TRAPPED) {
		log_trap(m, msg->number);
		return MONITOR_SILENT;
	}
	for (rule = m->rules; rule->kind && !m->heir; rule++)
		if (rule->kind == msg->kind) return rule->answer(s, msg, fd);
	return MONITOR_FOUL;
}

/* A talker that breaks the rules of this socket is no longer ours: end it. 0. */
static int
foul(struct monitor const *m, uint32_t kind)
{
	struct note n;

	note_begin(&n, m->peer, "foul");
	note_number(&n, "kind", kind);
	note_end(&n);
	kill(m->talker, SIGKILL);
	if (m->heir) kill(-m->heir, SIGKILL);
	return 0;
}

/* Wait for the next question; the talker is told of SIGTERM meanwhile. */
static void
hear_out(struct monitor const *m)
{
	while (wait_readable(m->fd, NULL) == WAIT_ENDED) kill(m->talker, SIGTERM);
}

/* Answer until the talker has gone: 1, or 0 if it had to be ended. */
static int
serve(struct monitor const *m, struct session *s)
{
	struct monitor_message *msg = m->message;
	int fd;
	int r;

	for (;;) {
		enum monitor_result result;

		if (m->polite) hear_out(m);
		r = packet_receive(m->fd, msg, &fd);
		if (r != 1) break;
		result = judge(m, s, msg, &fd);
		if (result == MONITOR_ANSWER) (void)packet_send(m->fd, msg, fd);
		if (fd != -1) fd_close(fd);
		if (result == MONITOR_FOUL) return foul(m, msg->kind);
	}
	return r == -1 && errno == EPROTO ? foul(m, 0) : 1;
}

static int
end_of(struct monitor const *m, pid_t pid)
{
	struct note n;
	int status;

	if (waitpid_nointr(pid, &status, 0) == -1) return 111;
	if (WIFEXITED(status)) return WEXITSTATUS(status);
	note_begin(&n, m->peer, "killed");
	note_number(&n, "signal", (uint64_t)WTERMSIG(status));
	note_end(&n);
	return 111;
}

static int
end(struct monitor const *m)
{
	int code = end_of(m, m->talker);

	if (m->heir) {
		fd_close(m->fd);
		code = end_of(m, m->heir);
	}
	return code;
}

static int
become_talker(struct monitor *m, int fd, pid_t monitor)
{
	if (fd_move(MONITOR_FD, fd) == -1) return 0;
	m->fd = MONITOR_FD;
	/* The monitor may have died before this call took effect. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) return 0;
	if (getppid() != monitor) _exit(111);
	return 1;
}

/*
 * The talker begins on the processor where the monitor is about to fall asleep.
 * Another one is likely asleep itself, and to wake it takes longer than a fork.
 */
static pid_t
fork_here(void)
{
	int cpu = sched_getcpu();
	int bound = 0;
	cpu_set_t all;
	cpu_set_t here;
	pid_t pid;

	CPU_ZERO(&here);
	if (cpu >= 0) CPU_SET((unsigned int)cpu, &here);
	if (cpu >= 0 && sched_getaffinity(0, sizeof all, &all) == 0)
		bound = sched_setaffinity(0, sizeof here, &here) == 0;
	pid = fork();
	if (bound) (void)sched_setaffinity(0, sizeof all, &all);
	return pid;
}

int
monitor_start(struct monitor *m, struct session *s)
{
	pid_t self = getpid();
	int honest;
	int code;
	int p[2];

	if (m->polite && !wait_hold()) return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, p) == -1) return 0;
	m->talker = fork_here();
	if (m->talker == -1) return 0;
	if (m->talker == 0) {
		fd_close(p[0]);
		return become_talker(m, p[1], self);
	}
	fd_close(p[1]);
	if (m->tls) starttls_drop(m->tls);
	m->fd = p[0];
	/* The client sees the end as soon as the talker has gone. */
	if (dup2(2, 0) == -1 || dup2(2, 1) == -1) _exit(111);
	honest = serve(m, s);
	code = end(m);
	_exit(honest ? code : 111);
}
