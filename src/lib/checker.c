/* The caller's side of the checkpassword interface: cr.yp.to/checkpwd/interface.html. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/iopause.h>

#include "lib/bound.h"
#include "lib/checker.h"
#include "lib/child.h"
#include "lib/command.h"
#include "lib/monitor.h"
#include "lib/packet.h"
#include "lib/wait.h"

enum { SECRET_FD = 3 };

/* In the child: descriptors 0 to 3 and no other. */
static int
set_descriptors(int socket, int secret)
{
	if (dup2(socket, 0) == -1 || dup2(2, 1) == -1) return 0;
	if (secret == SECRET_FD && fcntl(secret, F_SETFD, 0) == -1) return 0;
	if (secret != SECRET_FD && dup2(secret, SECRET_FD) == -1) return 0;
	return syscall(SYS_close_range, SECRET_FD + 1U, ~0U, 0U) == 0 || errno == ENOSYS;
}

/* words with those of more behind its n; CHECKER_WORDS of them if they are too many. */
static size_t
append(char **words, size_t n, char const *const *more)
{
	for (; *more && n < CHECKER_WORDS; more++) {
		union {
			char const *in;
			char *out;
		} u = { .in = *more };

		words[n++] = u.out;
	}
	return n;
}

/* In the child, whose own copy of everything this is. */
static void
run(struct checker const *c)
{
	char text[COMMAND_TEXT];
	char *words[CHECKER_WORDS + 1];
	size_t n;

	memcpy(text, c->command, strlen(c->command) + 1);
	n = append(words, command_split(text, words, COMMAND_WORDS), c->stage);
	if (c->more) n = append(words, n, c->more);
	words[n] = NULL;
	if (c->value && setenv(c->variable, c->value, 1) == -1) return;
	errno = E2BIG;
	if (n > 0 && n < CHECKER_WORDS) (void)execvp(words[0], words);
}

/* Never returns; that it could not be run goes where "ready" would. */
static void
be_checker(struct checker const *c, int socket, int secret, pid_t parent)
{
	struct monitor_message m;

	if (bound_here(parent) && set_descriptors(socket, secret)) run(c);
	monitor_begin(&m, MONITOR_READY, (uint32_t)errno);
	(void)packet_send(0, &m, -1);
	_exit(111);
}

/* The secret fits into the pipe, so nobody need be there to read it yet. */
static int
secret_pipe(struct checker const *c)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) == -1) return -1;
	if (fd_write(p[1], c->secret, c->n) == (ssize_t)c->n) {
		fd_close(p[1]);
		return p[0];
	}
	fd_close(p[0]);
	fd_close(p[1]);
	return -1;
}

static int
start(struct checker const *c, struct checker_end *end)
{
	pid_t self = getpid();
	int secret = secret_pipe(c);
	int p[2];

	if (secret == -1) return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, p) == -1) {
		fd_close(secret);
		return 0;
	}
	end->pid = fork();
	if (end->pid == 0) be_checker(c, p[1], secret, self);
	explicit_bzero(c->secret, c->n);
	fd_close(secret);
	fd_close(p[1]);
	if (end->pid == -1) {
		fd_close(p[0]);
		return 0;
	}
	(void)setpgid(end->pid, end->pid);
	end->fd = p[0];
	return 1;
}

/* What came on the socket: 1 if it settles the matter. */
static int
reported(struct checker_end *end, struct monitor_message *m, int *open)
{
	int fd;
	int r = packet_receive(end->fd, m, &fd);

	if (fd != -1) fd_close(fd);
	*open = r == 1;
	if (r != 1 || m->kind != MONITOR_READY) return 0;
	end->how = m->number ? CHECKER_UNBORN : CHECKER_READY;
	end->code = (int)m->number;
	return 1;
}

/* It stays a zombie, so that its number cannot come to name another group. */
static int
ended(struct checker_end *end)
{
	siginfo_t info = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)end->pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1) return 0;
	if (info.si_pid != end->pid) return 0;
	end->how = info.si_code == CLD_EXITED ? CHECKER_EXITED : CHECKER_KILLED;
	end->code = info.si_status;
	return 1;
}

/* Who waits for the asker next has to see SIGTERM too. */
static int
tell_again(void)
{
	return raise(SIGTERM) == 0;
}

static void
watch(struct checker const *c, struct monitor_message *scratch, struct checker_end *end)
{
	int pidfd = child_pidfd(end->pid);
	int open = 1;

	for (;;) {
		iopause_fd x[3] = { { .fd = c->asker, .events = IOPAUSE_EXCEPT },
			{ .fd = pidfd, .events = IOPAUSE_READ },
			{ .fd = open ? end->fd : -1, .events = IOPAUSE_READ } };
		tain until;

		child_look(&until, pidfd, c->deadline);
		if (wait_poll(x, 3, &until) == WAIT_ENDED && tell_again()) {
			end->how = CHECKER_FORGOTTEN;
			break;
		}
		tain_now_g();
		if (open && x[2].revents && reported(end, scratch, &open)) break;
		if (ended(end)) break;
		end->how = x[0].revents ? CHECKER_FORGOTTEN : CHECKER_EXPIRED;
		if (x[0].revents || !tain_future(c->deadline)) break;
	}
	if (pidfd != -1) fd_close(pidfd);
}

void
checker_stop(struct checker_end *end)
{
	fd_close(end->fd);
	end->fd = -1;
	child_kill(end->pid);
}

void
checker_run(struct checker const *c, struct monitor_message *scratch, struct checker_end *end)
{
	*end = (struct checker_end){ .how = CHECKER_UNBORN, .fd = -1 };
	if (!start(c, end)) {
		end->code = errno;
		explicit_bzero(c->secret, c->n);
		return;
	}
	watch(c, scratch, end);
	if (end->how != CHECKER_READY) checker_stop(end);
}
