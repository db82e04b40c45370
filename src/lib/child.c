/* Programs the user names, run by the monitor and by nobody else. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/iopause.h>
#include <skalibs/tai.h>

#include "lib/child.h"
#include "lib/safe.h"

/* posix_spawn's types ask for pointers to char that it does not write to. */
static char *const *
plain(char const *const *v)
{
	union {
		char const *const *in;
		char *const *out;
	} u = { .in = v };

	return u.out;
}

/* Its own group, so that the deadline ends what it started too. */
static int
set_attributes(posix_spawnattr_t *a)
{
	sigset_t back;
	sigset_t none;

	sigemptyset(&none);
	sigemptyset(&back);
	sigaddset(&back, SIGPIPE);
	sigaddset(&back, SIGXFSZ);
	errno = posix_spawnattr_setflags(
	    a, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	if (errno) return 0;
	errno = posix_spawnattr_setpgroup(a, 0);
	if (errno) return 0;
	errno = posix_spawnattr_setsigmask(a, &none);
	if (errno) return 0;
	errno = posix_spawnattr_setsigdefault(a, &back);
	return errno == 0;
}

static int
spawn(pid_t *pid, char const *const *argv, char const *const *envp, int in, int out)
{
	posix_spawn_file_actions_t f;
	posix_spawnattr_t a;
	int e = 0;

	if (posix_spawn_file_actions_init(&f)) return 0;
	posix_spawnattr_init(&a);
	if (posix_spawn_file_actions_adddup2(&f, in, 0)
	    || posix_spawn_file_actions_adddup2(&f, out, 1) || !set_attributes(&a))
		e = errno ? errno : ENOMEM;
	if (!e) e = posix_spawnp(pid, argv[0], &f, &a, plain(argv), plain(envp));
	posix_spawnattr_destroy(&a);
	posix_spawn_file_actions_destroy(&f);
	errno = e;
	return e == 0;
}

/*
 * Read what is there, but no more than a pipe holds: the other end may write
 * for ever. The first line is kept. Returns 0 at the end.
 */
static int
listen_to(int fd, char *raw, size_t *n)
{
	char drop[512];
	unsigned int i;
	ssize_t r;

	for (i = 0; i < 128; i++) {
		r = *n < CHILD_LINE ? fd_read(fd, raw + *n, CHILD_LINE - *n)
		                    : fd_read(fd, drop, sizeof drop);
		if (r == -1 && errno == EAGAIN) return 1;
		if (r <= 0) return 0;
		if (*n < CHILD_LINE) *n += (size_t)r;
	}
	return 1;
}

int
child_pidfd(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

void
child_look(tain *until, int pidfd, tain const *deadline)
{
	*until = *deadline;
	if (pidfd != -1) return;
	tain_now_g();
	tain_add(until, &STAMP, &(tain){ .sec = TAI_ZERO, .nano = 20000000 });
	if (tain_less(deadline, until)) *until = *deadline;
}

/* Wait until it has ended or the time is up. */
static int
watch(pid_t pid, int out, char *raw, size_t *n, tain const *deadline)
{
	int pidfd = child_pidfd(pid);
	iopause_fd x[2] = { { .fd = out, .events = IOPAUSE_READ },
		{ .fd = pidfd, .events = IOPAUSE_READ } };
	int status = -1;
	int open = 1;

	for (;;) {
		tain until;
		pid_t r = waitpid(pid, &status, WNOHANG);

		if (r == pid) break;
		child_look(&until, pidfd, deadline);
		status = -1;
		(void)iopause_g(open ? x : x + 1, (open ? 1U : 0U) + (pidfd != -1), &until);
		if (!tain_future(deadline)) break;
		if (open) open = listen_to(out, raw, n);
	}
	if (pidfd != -1) fd_close(pidfd);
	if (open) listen_to(out, raw, n);
	return status;
}

/* It may have left its group, and a program with the set-user-ID bit its uid. */
void
child_kill(pid_t pid)
{
	int status;

	kill(-pid, SIGKILL);
	(void)waitpid_nointr(pid, &status, kill(pid, SIGKILL) == 0 ? 0 : WNOHANG);
}

static void
verdict(struct child_end *end, pid_t pid, int status)
{
	if (status == -1) {
		end->how = CHILD_EXPIRED;
		child_kill(pid);
		return;
	}
	end->how = WIFEXITED(status) ? CHILD_EXITED : CHILD_KILLED;
	end->code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

void
child_run(char const *const *argv, char const *const *envp, int in, unsigned int seconds,
    struct child_end *end)
{
	char raw[CHILD_LINE];
	size_t n = 0;
	tain deadline;
	pid_t pid;
	int p[2];

	memset(end, 0, sizeof *end);
	end->how = CHILD_UNBORN;
	tain_now_g();
	tain_addsec_g(&deadline, (int)seconds);
	if (pipe2(p, O_CLOEXEC) == -1) {
		end->code = errno;
		return;
	}
	if (!spawn(&pid, argv, envp, in, p[1])) {
		end->code = errno;
		fd_close(p[1]);
		fd_close(p[0]);
		return;
	}
	fd_close(p[1]);
	(void)ndelay_on(p[0]);
	verdict(end, pid, watch(pid, p[0], raw, &n, &deadline));
	fd_close(p[0]);
	if (memchr(raw, '\n', n)) n = (size_t)((char *)memchr(raw, '\n', n) - raw);
	if (n && raw[n - 1] == '\r') n--;
	safe_text(end->line, sizeof end->line, raw, n);
}
