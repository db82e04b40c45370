/*
 * deliver-load seconds clients maildirs message program [argument...]: start the
 * program with the message on descriptor 0, so many at once, each after its last
 * one, for so many seconds: prints seconds a message. For 0 seconds it is one
 * message. An argument with a % makes it one program for each maildir, which the %
 * is the number of.
 */

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"

enum { ARGUMENTS = 64 };

extern char **environ;
static char **program;
static char *message;
static unsigned long each; /* programs a message */

static void
deliver(char **argv)
{
	posix_spawn_file_actions_t a;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&a);
	posix_spawn_file_actions_addopen(&a, 0, message, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&a, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &a, NULL, argv, environ) != 0) die("start", argv[0]);
	if (waitpid(pid, &status, 0) != pid || status != 0) die("refused by", argv[0]);
	posix_spawn_file_actions_destroy(&a);
}

static void
session(void)
{
	unsigned long k;

	for (k = 0; k < each; k++) {
		static char text[ARGUMENTS][256];
		char *argv[ARGUMENTS + 1] = { 0 };
		unsigned int i;

		for (i = 0; program[i] && i < ARGUMENTS; i++) {
			char *at = strchr(program[i], '%');

			argv[i] = program[i];
			if (!at) continue;
			(void)snprintf(text[i], sizeof text[i], "%.*s%lu%s", (int)(at - program[i]),
			    program[i], k, at + 1);
			argv[i] = text[i];
		}
		deliver(argv);
	}
}

int
main(int argc, char **argv)
{
	int i;

	if (argc < 6) die("usage", "seconds clients maildirs message program [argument...]");
	message = argv[4];
	program = argv + 5;
	each = 1;
	for (i = 5; i < argc; i++)
		if (strchr(argv[i], '%')) each = number(argv[3]);
	if (number(argv[1]) == 0)
		session();
	else
		sessions_all(session, (double)number(argv[1]), (unsigned int)number(argv[2]));
	return 0;
}
