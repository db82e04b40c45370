/*
 * Linked into the sanitizer build only. A report on descriptor 2 may go where
 * no test looks, and a confined session can open no file to write it to: so
 * every process maps ../reports beside its program before it starts, and what
 * the sanitizers found is noted there. t/run reads it.
 */

#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The file: 256 slots of text, ended by LF; the first holds how many are taken. */
enum { SLOT = 256, SLOTS = 256 };

extern void __asan_on_error(void);
extern char const *__asan_get_report_description(void);
extern void __ubsan_on_report(void);
extern void __ubsan_get_current_report_data(char const **kind, char const **message,
    char const **file, unsigned int *line, unsigned int *column, char **address);

static char *slots;
static char program[PATH_MAX];

static void __attribute__((constructor)) map(void)
{
	char path[PATH_MAX + 16];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
	char *slash = n > 0 ? strrchr(program, '/') : NULL;
	void *p;
	int fd;

	if (!slash) return;
	(void)snprintf(path, sizeof path, "%.*s/../reports", (int)(slash - program), program);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd == -1) return;
	p = mmap(NULL, SLOT * SLOTS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED) slots = p;
	close(fd);
	memmove(program, slash + 1, strlen(slash));
}

static void
note(char const *what, char const *where, unsigned int line)
{
	uint32_t i;

	if (!slots) return;
	i = atomic_fetch_add((_Atomic uint32_t *)(void *)slots, 1) + 1;
	if (i >= SLOTS) return;
	(void)snprintf(slots + (size_t)i * SLOT, SLOT, "%.32s[%ld]: %.90s %.80s:%u\n", program,
	    (long)getpid(), what, where, line);
}

void
__asan_on_error(void)
{
	note(__asan_get_report_description(), "", 0);
}

void
__ubsan_on_report(void)
{
	char const *kind;
	char const *message;
	char const *file;
	char *address;
	unsigned int line, column;

	__ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
	note(kind, file ? file : "", line);
}
