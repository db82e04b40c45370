/*
 * What waits costs a page: the rest of the memory it was born with is unmapped. From
 * there on nothing of the C library may be called: its data are gone, the thread
 * pointer leads nowhere, and stack protectors and sanitizers with it.
 */

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tls/barecall.h"
#include "tls/control.h"
#include "tls/standby.h"

/*
 * What a stack has at least; its alignment; how far the old one was used, generously;
 * the parts of memory to be given back.
 */
enum { STACK = 1024, ALIGNED = 16, DEEPEST = 512 * 1024, PARTS = 2 };

struct part {
	uintptr_t low;
	uintptr_t high;
};

struct standby {
	struct part gone[PARTS];
	char const *path;
	char **argv;
	char **envp;
};

static uintptr_t
page_down(uintptr_t at)
{
	return at & ~((uintptr_t)getpagesize() - 1);
}

static uintptr_t
page_up(uintptr_t at)
{
	return page_down(at + (uintptr_t)getpagesize() - 1);
}

static void const *
auxiliary(unsigned long type)
{
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): getauxval(3) has numbers only */
	return (void const *)getauxval(type);
}

/* Our writable segment, relocations included. */
static int
find_data(struct part *p)
{
	ElfW(Phdr) const *h = auxiliary(AT_PHDR);
	size_t n = getauxval(AT_PHNUM);
	/* They are behind the file's own header, in its first segment. */
	char const *first = (char const *)h - ((uintptr_t)h - page_down((uintptr_t)h));
	ElfW(Ehdr) const *file = (ElfW(Ehdr) const *)(void const *)first;
	uintptr_t base;

	for (; n > 0; n--, h++) {
		if (h->p_type != PT_LOAD || !(h->p_flags & PF_W)) continue;
		base = file->e_type == ET_EXEC ? 0 : (uintptr_t)first;
		p->low = page_down(base + h->p_vaddr);
		p->high = page_up(base + h->p_vaddr + h->p_memsz);
		return 1;
	}
	return 0;
}

/* From below what is in use now to the last string the kernel put there, with its 0. */
static int
find_stack(struct part *p)
{
	char const *last = auxiliary(AT_EXECFN);

	if (!last) return 0;
	p->low = page_down((uintptr_t)&last) - DEEPEST;
	p->high = page_up((uintptr_t)last + strlen(last) + 1 + sizeof(uint64_t));
	return 1;
}

static size_t
measure(char const *const *list, size_t *strings)
{
	size_t n = 0;

	for (; list[n]; n++) *strings += strlen(list[n]) + 1;
	return n + 1;
}

static char *
copy(char **room, char const *s)
{
	char *p = *room;

	*room = stpcpy(p, s) + 1;
	return p;
}

struct standby *
standby_make(char const *path, char const *const *argv, char const *const *envp)
{
	size_t strings = strlen(path) + 1;
	size_t args = measure(argv, &strings);
	size_t vars = measure(envp, &strings);
	size_t size = sizeof(struct standby) + (args + vars) * sizeof(char *) + strings;
	size_t len = page_up(size + STACK);
	char *page = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct standby *s;
	char *room;
	size_t i;

	if (page == MAP_FAILED) return NULL;
	s = (struct standby *)(page + ((len - size) & ~(size_t)(ALIGNED - 1)));
	s->argv = (char **)(s + 1);
	s->envp = s->argv + args;
	room = (char *)(s->envp + vars);
	s->path = copy(&room, path);
	for (i = 0; argv[i]; i++) s->argv[i] = copy(&room, argv[i]);
	for (i = 0; envp[i]; i++) s->envp[i] = copy(&room, envp[i]);
	if (BARE_CALLS && find_data(&s->gone[0]) && find_stack(&s->gone[1])) return s;
	(void)munmap(page, len);
	return errno = ENOSYS, NULL;
}

/* It grows down, away from what is behind it. */
void *
standby_stack(struct standby *s)
{
	return s;
}

BARE static _Noreturn void
end(uintptr_t code)
{
	for (;;) (void)bare_call(SYS_exit_group, code, 0, 0);
}

BARE static _Noreturn void
fail(uintptr_t code, char const *line, size_t len)
{
	(void)bare_call(SYS_write, 2, (uintptr_t)line, len);
	end(code);
}

#define NOT_A_QUESTION "tls-session: warning: SSLCTLFD: neither y nor Y\n"
#define NOT_RUN "tls-session: warning: unable to run tls-io\n"

BARE _Noreturn void
standby_wait(struct standby *s, int fd)
{
	char *byte = s->argv[1] + 1;
	intptr_t n;
	int i;

	for (i = 0; i < PARTS; i++)
		(void)bare_call(SYS_munmap, s->gone[i].low, s->gone[i].high - s->gone[i].low, 0);
	do n = bare_call(SYS_read, (uintptr_t)fd, (uintptr_t)byte, 1);
	while (n == -EINTR);
	if (n != 1) end(0);
	if (*byte != 'y' && *byte != 'Y' && *byte != CONTROL_READY)
		fail(100, NOT_A_QUESTION, sizeof NOT_A_QUESTION - 1);
	(void)bare_call(SYS_execve, (uintptr_t)s->path, (uintptr_t)s->argv, (uintptr_t)s->envp);
	fail(111, NOT_RUN, sizeof NOT_RUN - 1);
}
