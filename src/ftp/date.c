/* UTC dates: RFC 3659 2.3, and those of ls -l. */

#include <string.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "mime/date.h"

enum { DAY = 86400 };

/* Days since 1970 of a day of the Gregorian calendar; years begin in March. */
static int64_t
days(int64_t year, unsigned int month, unsigned int day)
{
	int64_t y = month < 3 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * ((int64_t)(month + 9) % 12) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

char *
date_stamp(char *s, int64_t seconds)
{
	struct mime_date d;

	mime_date_split(&d, seconds);
	if (d.year < 0) return append_text(s, "00000101000000");
	if (d.year > 9999) return append_text(s, "99991231235959");
	s = append_number(s, (uint64_t)d.year, 4, '0');
	s = append_number(s, d.month, 2, '0');
	s = append_number(s, d.day, 2, '0');
	s = append_number(s, d.hour, 2, '0');
	s = append_number(s, d.minute, 2, '0');
	return append_number(s, d.second, 2, '0');
}

static unsigned int
number(char const *s, unsigned int n)
{
	unsigned int u = 0;

	while (n--) u = u * 10 + (unsigned int)(*s++ - '0');
	return u;
}

/* A leap second is taken as the second after it. */
static int
date_ok(struct mime_date const *d)
{
	static unsigned char const length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);

	if (d->month < 1 || d->month > 12 || d->day < 1) return 0;
	if (d->day > length[d->month - 1] + (unsigned int)(leap && d->month == 2)) return 0;
	return d->hour < 24 && d->minute < 60 && d->second < 61;
}

unsigned int
date_scan(char const *s, int64_t *seconds)
{
	struct mime_date d;
	size_t n = strspn(s, "0123456789");

	if (n != DATE_STAMP) return 0;
	d = (struct mime_date){ .year = number(s, 4),
		.month = number(s + 4, 2),
		.day = number(s + 6, 2),
		.hour = number(s + 8, 2),
		.minute = number(s + 10, 2),
		.second = number(s + 12, 2) };
	if (!date_ok(&d)) return 0;
	*seconds = days(d.year, d.month, d.day) * DAY + (int64_t)d.hour * 3600
	    + (int64_t)d.minute * 60 + d.second;
	if (s[n] == '.') {
		size_t fraction = strspn(s + n + 1, "0123456789");

		if (!fraction) return 0;
		n += 1 + fraction;
	}
	return (unsigned int)n;
}

/* "Jan  2 " */
static char *
month_day(char *s, struct mime_date const *d)
{
	static char const months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	s = append_bytes(s, months + (size_t)3 * (d->month - 1), 3);
	*s++ = ' ';
	s = append_number(s, d->day, 2, ' ');
	*s++ = ' ';
	return s;
}

/* "15:04" */
static char *
clock_time(char *s, struct mime_date const *d)
{
	s = append_number(s, d->hour, 2, '0');
	*s++ = ':';
	return append_number(s, d->minute, 2, '0');
}

char *
date_clock(char *s, int64_t seconds)
{
	static char const names[] = "SunMonTueWedThuFriSat";
	struct mime_date d;

	mime_date_split(&d, seconds);
	s = append_bytes(s, names + (size_t)3 * d.weekday, 3);
	*s++ = ' ';
	s = clock_time(month_day(s, &d), &d);
	*s++ = ':';
	s = append_number(s, d.second, 2, '0');
	*s++ = ' ';
	return append_number(s, (uint64_t)d.year, 4, '0');
}

char *
date_list(char *s, int64_t seconds, int64_t now)
{
	struct mime_date d;

	mime_date_split(&d, seconds);
	s = month_day(s, &d);
	if (seconds < now - (int64_t)180 * DAY || seconds > now + 3600) {
		*s++ = ' ';
		return append_number(s,
		    d.year < 0          ? 0
		        : d.year > 9999 ? 9999
		                        : (uint64_t)d.year,
		    4, '0');
	}
	return clock_time(s, &d);
}
