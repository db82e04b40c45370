/* A kernel before 5.6: there is no openat2(2). */

#include <errno.h>
#include <stdarg.h>
#include <sys/syscall.h>

extern long __real_syscall(long number, ...);
extern long __wrap_syscall(long number, ...);

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
