/* A clock that runs two hundred times as fast: a minute is 0.3 seconds. */

#include <stdint.h>
#include <time.h>

extern int __real_clock_gettime(clockid_t id, struct timespec *t);
extern int __wrap_clock_gettime(clockid_t id, struct timespec *t);

int
__wrap_clock_gettime(clockid_t id, struct timespec *t)
{
	static struct timespec began;
	int64_t ns;

	if (__real_clock_gettime(id, t) == -1) return -1;
	if (id != CLOCK_MONOTONIC) return 0;
	if (!began.tv_sec) began = *t;
	ns = ((int64_t)(t->tv_sec - began.tv_sec) * 1000000000 + t->tv_nsec - began.tv_nsec) * 200;
	t->tv_sec = (time_t)(began.tv_sec + ns / 1000000000);
	t->tv_nsec = (long)(ns % 1000000000);
	return 0;
}
