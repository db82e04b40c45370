/* date.h - the calendar in UTC, and dates of header fields. */

#ifndef MIME_DATE_H
#define MIME_DATE_H

#include <stddef.h>
#include <stdint.h>

struct mime_date {
	int64_t year;
	unsigned int month; /* 1 to 12 */
	unsigned int day;   /* 1 to 31 */
	unsigned int hour;
	unsigned int minute;
	unsigned int second;
	unsigned int weekday; /* 0 is Sunday */
};

/* Room for a date with its 0. */
#define MIME_DATE_SIZE 64

/*
 * The date of seconds since 1970-01-01 00:00:00 UTC, any sign, by the Gregorian
 * calendar. gmtime_r(3) would do, but glibc's opens /etc/localtime, which a
 * confined process cannot.
 */
extern void mime_date_split(struct mime_date *d, int64_t seconds);

/*
 * The seconds of a date in UTC, whatever its weekday; a leap second is the
 * second after it. Returns 0 if there is no such date.
 */
extern int mime_date_join(struct mime_date const *d, int64_t *seconds);

/*
 * Write "Tue, 24 Nov 2026 14:35:28 +0000" (RFC 5322 3.3) to out, MIME_DATE_SIZE
 * bytes; returns its length. Years have at least four digits.
 */
extern size_t mime_date_format(char *out, int64_t seconds);

/*
 * Read the n bytes of a Date field (RFC 5322 3.3 and 4.3): comments, years of
 * two digits, zones with names, no seconds, no zone (that is UTC) and a wrong
 * day of the week are accepted; what follows the zone is not looked at.
 * Returns 1 and the seconds since 1970, or 0 if it is no date.
 */
extern int mime_date_parse(char const *s, size_t n, int64_t *seconds);

#endif
