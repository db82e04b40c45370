/* date.h - UTC dates as FTP writes them. Pure: no time zone, no clock. */

#ifndef FTP_DATE_H
#define FTP_DATE_H

#include <stdint.h>

enum { DATE_STAMP = 14, DATE_LIST = 12 };

/*
 * YYYYMMDDHHMMSS (RFC 3659 2.3) to s; years outside 0 to 9999 are written as
 * those. Returns the end, s + 14. No final 0.
 */
extern char *date_stamp(char *s, int64_t seconds);

/*
 * The fourteen digits at s, perhaps followed by a dot and digits, which are
 * ignored. Returns the number of bytes used, or 0 if that is no such date.
 */
extern unsigned int date_scan(char const *s, int64_t *seconds);

/* A day, written: most lines of a listing are of the day of the line before. */
struct date_day {
	int known;      /* 0 at the beginning */
	int64_t number; /* days since 1970 */
	char list[8];   /* "Jan  2 " */
	char year[4];
	char stamp[8]; /* 20060102 */
};

/* As date_stamp, day being kept for the next one. */
extern char *date_day_stamp(struct date_day *day, char *s, int64_t seconds);

/*
 * "Jan  2 15:04" if within the last 180 days or one hour ahead of now, else
 * "Jan  2  2006". Returns the end.
 */
extern char *date_day_list(struct date_day *day, char *s, int64_t seconds, int64_t now);

/* "Tue Jan  2 15:04:05 2006", as ctime(3) has it. Returns the end. */
extern char *date_clock(char *s, int64_t seconds);

#endif
