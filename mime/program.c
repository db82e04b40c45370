/* A program for each part, its decoded body on descriptor 0. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mime/unpack.h"
#include "mime/warning.h"

/* posix_spawn's types ask for pointers to char that it does not write to. */
static char *const *
plain(char const *const *v)
{
	char *const *p;

	memcpy(&p, &v, sizeof p);
	return p;
}

/* SIGPIPE, which we ignore, is what ends a filter in there. */
static int
spawn(struct mime_unpack *u, int in)
{
	posix_spawn_file_actions_t f;
	posix_spawnattr_t a;
	sigset_t back;
	int e;

	sigemptyset(&back);
	sigaddset(&back, SIGPIPE);
	if (posix_spawn_file_actions_init(&f)) return 0;
	posix_spawnattr_init(&a);
	e = posix_spawn_file_actions_adddup2(&f, in, 0);
	if (!e) e = posix_spawnattr_setflags(&a, POSIX_SPAWN_SETSIGDEF);
	if (!e) e = posix_spawnattr_setsigdefault(&a, &back);
	if (!e)
		e = posix_spawnp(
		    &u->now->pid, u->argv[0], &f, &a, plain(u->argv), plain(u->partenv.vars));
	posix_spawnattr_destroy(&a);
	posix_spawn_file_actions_destroy(&f);
	errno = e;
	return e == 0;
}

static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	int fds[2];
	int done;

	if (!mime_partenv(&u->partenv, part, &u->envelope, u->limits)
	    || pipe2(fds, O_CLOEXEC) == -1)
		return mime_unpack_fail(u, "prepare a program");
	done = spawn(u, fds[0]) || mime_unpack_fail(u, "run the program");
	close(fds[0]);
	if (!done) {
		u->now->pid = 0;
		close(fds[1]);
		return 0;
	}
	u->now->deaf = 0;
	u->now->saving->written.fd = fds[1];
	u->now->saving->written.n = 0;
	return 1;
}

/* A program need not read all of it. */
static int
heard(struct mime_unpack *u, int done)
{
	if (done) return 1;
	if (errno != EPIPE) return mime_unpack_fail(u, "write to the program");
	u->now->deaf = 1;
	return 1;
}

static int
data(struct mime_unpack *u, char const *s, size_t n)
{
	return u->now->deaf || heard(u, mime_sink_put(&u->now->saving->written, s, n));
}

static void
report(struct mime_unpack *u, struct mime_part const *part, int status)
{
	int killed = WIFSIGNALED(status);
	char text[MIME_SECTION_SIZE + 512];

	if (status == 0) return;
	u->program_failed = 1;
	(void)snprintf(text, sizeof text, "section %s: %s %s %d", part->section, u->argv[0],
	    killed ? "was killed by signal" : "exited",
	    killed ? WTERMSIG(status) : WEXITSTATUS(status));
	mime_warning_say(u, text);
}

static int
end(struct mime_unpack *u, struct mime_part *part)
{
	int status = 0;
	pid_t r;
	int done = u->full || u->now->deaf || heard(u, mime_sink_flush(&u->now->saving->written));

	/* Half a body is none. */
	if (u->full) kill(u->now->pid, SIGTERM);
	close(u->now->saving->written.fd);
	while ((r = waitpid(u->now->pid, &status, 0)) == -1 && errno == EINTR) {
	}
	u->now->pid = 0;
	if (r == -1) return mime_unpack_fail(u, "wait for the program");
	report(u, part, status);
	return done;
}

void
mime_program_discard(struct mime_unpack *u)
{
	unsigned int i;

	if (u->action != &mime_action_program) return;
	for (i = 0; i < 2; i++) {
		struct mime_leafwork *w = u->leaves + i;

		if (!w->wanted || w->pid <= 0) continue;
		kill(w->pid, SIGTERM);
		close(w->saving->written.fd);
		while (waitpid(w->pid, NULL, 0) == -1 && errno == EINTR) {
		}
		w->wanted = 0;
	}
}

void
mime_program_stop(struct mime_unpack const *u)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		if (u->leaves[i].pid > 0) (void)kill(u->leaves[i].pid, SIGTERM);
}

struct mime_action const mime_action_program = {
	.envelope = 1,
	.unfinished = 1,
	.begin = &begin,
	.data = &data,
	.end = &end,
};
