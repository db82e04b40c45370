/* A kernel before 5.6: there is no openat2(2). And no file takes pages from a pipe. */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <sys/types.h>

extern long __real_syscall(long number, ...);
extern long __wrap_syscall(long number, ...);
extern ssize_t __real_splice(
    int in, off_t *in_at, int out, off_t *out_at, size_t n, unsigned flags);
extern ssize_t __wrap_splice(
    int in, off_t *in_at, int out, off_t *out_at, size_t n, unsigned flags);

/* Without waiting goes what comes in, from a socket. */
ssize_t
__wrap_splice(int in, off_t *in_at, int out, off_t *out_at, size_t n, unsigned flags)
{
	if (flags & SPLICE_F_NONBLOCK) return __real_splice(in, in_at, out, out_at, n, flags);
	errno = EINVAL;
	return -1;
}

long
__wrap_syscall(long number, ...)
{
	va_list list;
	long a[6];
	int i;

	if (number == SYS_openat2) {
		errno = ENOSYS;
		return -1;
	}
	va_start(list, number);
	for (i = 0; i < 6; i++) a[i] = va_arg(list, long);
	va_end(list);
	return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
