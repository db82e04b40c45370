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

#include "lib/bound.h"
#include "lib/child.h"
#include "lib/safe.h"
#include "lib/wait.h"

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
spawn(pid_t *pid, struct child const *c, int out)
{
	posix_spawn_file_actions_t f;
	posix_spawnattr_t a;
	int e = 0;

	if (posix_spawn_file_actions_init(&f)) return 0;
	posix_spawnattr_init(&a);
	if (posix_spawn_file_actions_adddup2(&f, c->in, 0)
	    || posix_spawn_file_actions_adddup2(&f, out, 1) || !set_attributes(&a))
		e = errno ? errno : ENOMEM;
	if (!e) e = posix_spawnp(pid, c->argv[0], &f, &a, plain(c->argv), plain(c->envp));
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

struct watch {
	pid_t pid;
	int pidfd;
	int out; /* the pipe, or -1 when nothing more comes */
	int asker;
	char raw[CHILD_LINE];
	size_t n; /* bytes in raw */
};

/* Sleep until something has happened; 1 if whoever asked has gone. */
static int
sleep_on(struct watch *w, tain const *deadline)
{
	iopause_fd x[3] = { { .fd = w->out, .events = IOPAUSE_READ },
		{ .fd = w->pidfd, .events = IOPAUSE_READ },
		{ .fd = w->asker, .events = IOPAUSE_EXCEPT } };
	tain until;

	child_look(&until, w->pidfd, deadline);
	if (w->asker == -1)
		(void)iopause_g(x, 3, &until);
	else if (wait_poll(x, 3, &until) == WAIT_ENDED)
		/* Who waits for the asker next has to see it too. */
		return raise(SIGTERM) == 0;
	tain_now_g();
	if (w->out != -1 && x[0].revents && !listen_to(w->out, w->raw, &w->n)) w->out = -1;
	return w->asker != -1 && x[2].revents != 0;
}

/* Wait until it has ended, its time is up, or nobody wants to know. */
static void
watch(struct watch *w, tain const *deadline, struct child_end *end)
{
	int gone = 0;
	int status;

	while (waitpid(w->pid, &status, WNOHANG) != w->pid) {
		if (gone || !tain_future(deadline)) {
			end->how = gone ? CHILD_FORGOTTEN : CHILD_EXPIRED;
			child_kill(w->pid);
			return;
		}
		gone = sleep_on(w, deadline);
	}
	if (w->out != -1) (void)listen_to(w->out, w->raw, &w->n);
	end->how = WIFEXITED(status) ? CHILD_EXITED : CHILD_KILLED;
	end->code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

/* It may have left its group, and a program with the set-user-ID bit its uid. */
void
child_kill(pid_t pid)
{
	int status;

	kill(-pid, SIGKILL);
	(void)waitpid_nointr(pid, &status, kill(pid, SIGKILL) == 0 ? 0 : WNOHANG);
}

/* The first line, from what was read. */
static void
keep_line(struct child_end *end, char const *raw, size_t n)
{
	char const *lf = memchr(raw, '\n', n);

	if (lf) n = (size_t)(lf - raw);
	if (n && raw[n - 1] == '\r') n--;
	safe_text(end->line, sizeof end->line, raw, n);
}

/* Start it, its descriptor 1 being out, and see it to its end. */
static void
start(struct child const *c, int out, struct watch *w, struct child_end *end)
{
	tain deadline;

	tain_now_g();
	tain_addsec_g(&deadline, (int)c->seconds);
	/* Who is asked dies with the asker; an arrival is seen to its end. */
	if (!(c->asker == -1 ? spawn : bound_spawn)(&w->pid, c, out)) end->code = errno;
	/* Ours would keep the pipe from ever coming to its end. */
	if (out != c->out) fd_close(out);
	if (end->code) return;
	w->pidfd = child_pidfd(w->pid);
	watch(w, &deadline, end);
	if (w->pidfd != -1) fd_close(w->pidfd);
}

void
child_run(struct child const *c, struct child_end *end)
{
	struct watch w = { .out = -1, .asker = c->asker };
	int p[2] = { -1, -1 };

	*end = (struct child_end){ .how = CHILD_UNBORN };
	if (c->out == -1 && pipe2(p, O_CLOEXEC) == -1) {
		end->code = errno;
		return;
	}
	w.out = p[0];
	if (p[0] != -1) (void)ndelay_on(p[0]);
	start(c, c->out == -1 ? p[1] : c->out, &w, end);
	if (p[0] != -1) fd_close(p[0]);
	keep_line(end, w.raw, w.n);
}
