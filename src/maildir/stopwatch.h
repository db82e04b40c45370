/* stopwatch.h - how long a step took. */

#ifndef MAILDIR_STOPWATCH_H
#define MAILDIR_STOPWATCH_H

#include <stdint.h>

/* Microseconds since some fixed moment, never going back; 0 without a clock. */
extern uint64_t stopwatch_us(void);

#endif
