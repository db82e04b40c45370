/* date.h - the calendar in UTC, without the C library's time zone files. */

#ifndef LIB_DATE_H
#define LIB_DATE_H

#include <stdint.h>

struct date {
	int64_t year;
	unsigned int month; /* 1 to 12 */
	unsigned int day;   /* 1 to 31 */
	unsigned int hour;
	unsigned int minute;
	unsigned int second;
	unsigned int weekday; /* 0 is Sunday */
};

/*
 * The date of seconds since 1970-01-01 00:00:00 UTC, any sign. gmtime_r(3)
 * would do, but in glibc it opens /etc/localtime, which a confined talker
 * cannot.
 */
extern void date_from_unix(struct date *d, int64_t seconds);

#endif
