/* Time spent, for the log. */

#include <stdint.h>
#include <time.h>

#include "maildir/stopwatch.h"

uint64_t
stopwatch_us(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) == -1) return 0;
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}
