/* The table of variables is that of ftp-session -h, which ends at the first bad one. */

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/sig.h>

#include "login/grant.h"
#include "login/trial.h"
#include "login/users.h"

#define SESSION "ftp-session"

enum {
	REFUSED = 100, /* as ftp-session ends at a bad value */
	MISSING = 127  /* as the shell has it */
};

/* Where this program is, they all are. */
static void
run_beside(char **argv)
{
	char path[PATH_MAX + sizeof SESSION];
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);

	while (n > 0 && path[n - 1] != '/') n--;
	if (n <= 0) return;
	memcpy(path + n, SESSION, sizeof SESSION);
	(void)execv(path, argv);
}

static void run(char const *policy) __attribute__((noreturn));

static void
run(char const *policy)
{
	static char copy[USERS_LINE];
	static char name[] = SESSION;
	static char option[] = "-h";
	char *argv[] = { name, option, NULL };
	char const *path = getenv("PATH");
	int null = openc_write("/dev/null");

	memcpy(copy, policy, strlen(policy) + 1);
	if (null == -1 || fd_move(1, null) == -1 || clearenv() != 0
	    || (path && setenv("PATH", path, 1) == -1) || !grant(copy))
		_exit(111);
	run_beside(argv);
	(void)execvp(name, argv);
	_exit(MISSING);
}

enum trial
trial_run(char const *policy)
{
	pid_t pid = -1;
	int status;

	/* Who ignores it is not told how the child ended. */
	if (sig_restore(SIGCHLD)) pid = fork();
	if (pid == 0) run(policy);
	if (pid == -1 || wait_pid(pid, &status) == -1) return TRIAL_ERROR;
	errno = ECANCELED;
	if (!WIFEXITED(status)) return TRIAL_ERROR;
	switch (WEXITSTATUS(status)) {
	case 0: return TRIAL_FINE;
	case REFUSED: return TRIAL_REFUSED;
	case MISSING: return TRIAL_MISSING;
	default: return TRIAL_ERROR;
	}
}
