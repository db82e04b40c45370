/* Nobody else would keep the deadline of a program whose monitor was killed. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/exec.h>
#include <skalibs/sig.h>

#include "lib/bound.h"
#include "lib/child.h"

int
bound_here(pid_t parent)
{
	sigset_t none;

	(void)setpgid(0, 0);
	sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) == -1) return 0;
	if (!sig_restore(SIGPIPE) || !sig_restore(SIGXFSZ)) return 0;
	/* Lost with a change of uid: what is run then sets its own. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) return 0;
	if (getppid() != parent) _exit(111);
	return 1;
}

static void
be(struct child const *c, int out, pid_t parent, int failure)
{
	if (bound_here(parent) && dup2(c->in, 0) == 0 && dup2(out, 1) == 1)
		exec_ae(c->argv[0], c->argv, c->envp);
	(void)!write(failure, &errno, sizeof errno);
	_exit(127);
}

int
bound_spawn(pid_t *pid, struct child const *c, int out)
{
	pid_t self = getpid();
	int failed = 0;
	int status;
	int p[2];

	if (pipe2(p, O_CLOEXEC) == -1) return 0;
	*pid = fork();
	if (*pid == 0) be(c, out, self, p[1]);
	fd_close(p[1]);
	/* At its end it has been executed. */
	if (*pid != -1) (void)fd_read(p[0], (char *)&failed, sizeof failed);
	fd_close(p[0]);
	if (*pid == -1) return 0;
	if (!failed) return 1;
	(void)waitpid_nointr(*pid, &status, 0);
	errno = failed;
	return 0;
}
