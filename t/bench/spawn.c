/*
 * spawn: run a program many times, one after another, with a file as its standard
 * input and nowhere to print to. A shell's fork would cost more than what is measured.
 * usage: spawn times file program [argument...]
 */

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t f;
	int status;
	pid_t pid;
	long n;

	if (argc < 4 || posix_spawn_file_actions_init(&f)
	    || posix_spawn_file_actions_addopen(&f, 0, argv[2], O_RDONLY, 0)
	    || posix_spawn_file_actions_addopen(&f, 1, "/dev/null", O_WRONLY, 0))
		return 100;
	for (n = strtol(argv[1], NULL, 10); n > 0; n--)
		if (posix_spawnp(&pid, argv[3], &f, NULL, argv + 3, environ)
		    || waitpid(pid, &status, 0) == -1)
			return 111;
	return 0;
}
