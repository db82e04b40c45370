/*
 * deliver-floor maildir...: what a durable delivery costs at the least. The message
 * on descriptor 0 is written, synced, linked into each maildir, and each new synced:
 * no options, no signals, no errors told, names that are only just unique.
 */

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static char block[65536];
	char from[512], to[512], name[64];
	struct timespec t;
	int fd, i;
	ssize_t r;

	clock_gettime(CLOCK_REALTIME, &t);
	(void)snprintf(name, sizeof name, "%ld.%ld.%d", (long)t.tv_sec, t.tv_nsec, (int)getpid());
	(void)snprintf(from, sizeof from, "%s/tmp/%s", argv[1], name);
	fd = open(from, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd == -1) return 1;
	while ((r = read(0, block, sizeof block)) > 0)
		if (write(fd, block, (size_t)r) != r) return 1;
	if (r == -1 || fsync(fd) == -1) return 1;
	for (i = 1; i < argc; i++) {
		(void)snprintf(to, sizeof to, "%s/new/%s", argv[i], name);
		if (link(from, to) == -1) return 1;
	}
	for (i = 1; i < argc; i++) {
		(void)snprintf(to, sizeof to, "%s/new", argv[i]);
		fd = open(to, O_RDONLY | O_DIRECTORY);
		if (fd == -1 || fsync(fd) == -1) return 1;
	}
	return unlink(from) == -1;
}
