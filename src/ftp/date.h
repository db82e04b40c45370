/* date.h - UTC dates as FTP writes them. Pure: no time zone, no clock. */

#ifndef FTP_DATE_H
#define FTP_DATE_H

#include <stdint.h>

enum { DATE_STAMP = 14, DATE_LIST = 12 };

/*
 * YYYYMMDDHHMMSS (RFC 3659 2.3) to s; years outside 0 to 9999 are written as
 * 00000101000000 and 99991231235959. Returns the end, s + 14. No final 0.
 */
extern char *date_stamp(char *s, int64_t seconds);

/*
 * The fourteen digits at s, perhaps followed by a dot and digits, which are
 * ignored. Returns the number of bytes used, or 0 if that is no such date.
 */
extern unsigned int date_scan(char const *s, int64_t *seconds);

/*
 * "Jan  2 15:04" if within the last 180 days or one hour ahead of now, else
 * "Jan  2  2006". Returns the end.
 */
extern char *date_list(char *s, int64_t seconds, int64_t now);

/* "Tue Jan  2 15:04:05 2006", as ctime(3) has it. Returns the end. */
extern char *date_clock(char *s, int64_t seconds);

#endif
