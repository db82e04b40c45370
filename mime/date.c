/* The calendar, and dates written: always UTC, RFC 5322 3.3. */

#include <string.h>

#include "mime/date.h"

enum { DAY = 86400, ERA = 146097 /* days in 400 years */, TO_1970 = 719468 };

/* Years begin in March here, so that the leap day is the last one. */
static void
calendar(struct mime_date *d, int64_t days)
{
	int64_t z = days + TO_1970; /* since 0000-03-01 */
	int64_t era = (z >= 0 ? z : z - ERA + 1) / ERA;
	int64_t of_era = z - era * ERA;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;

	d->day = (unsigned int)(of_year - (153 * month + 2) / 5 + 1);
	d->month = (unsigned int)(month < 10 ? month + 3 : month - 9);
	d->year = year + era * 400 + (d->month < 3);
}

void
mime_date_split(struct mime_date *d, int64_t seconds)
{
	int64_t days = seconds / DAY - (seconds % DAY < 0);
	int64_t rest = seconds - days * DAY;

	calendar(d, days);
	d->weekday = (unsigned int)(((days + 4) % 7 + 7) % 7);
	d->hour = (unsigned int)(rest / 3600);
	d->minute = (unsigned int)(rest / 60 % 60);
	d->second = (unsigned int)(rest % 60);
}

static int
exists(struct mime_date const *d)
{
	static unsigned char const length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);

	if (d->month < 1 || d->month > 12 || d->day < 1) return 0;
	if (d->day > length[d->month - 1] + (unsigned int)(leap && d->month == 2)) return 0;
	return d->hour < 24 && d->minute < 60 && d->second < 61;
}

int
mime_date_join(struct mime_date const *d, int64_t *seconds)
{
	int64_t y = d->month < 3 ? d->year - 1 : d->year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * ((int64_t)(d->month + 9) % 12) + 2) / 5 + d->day - 1;
	int64_t days = era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - TO_1970;

	if (!exists(d)) return 0;
	*seconds = days * DAY + (int64_t)d->hour * 3600 + (int64_t)d->minute * 60 + d->second;
	return 1;
}

/* n in at least width digits; returns the end. */
static char *
digits(char *out, uint64_t n, unsigned int width)
{
	char turned[20];
	unsigned int i = 0;

	for (; n || i < width; n /= 10) turned[i++] = (char)('0' + n % 10);
	while (i) *out++ = turned[--i];
	return out;
}

size_t
mime_date_format(char *out, int64_t seconds)
{
	static char const days[] = "Sun, Mon, Tue, Wed, Thu, Fri, Sat, ";
	static char const months[] = " Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec ";
	struct mime_date d;
	char *p = out;

	mime_date_split(&d, seconds);
	p = mempcpy(p, days + (size_t)5 * d.weekday, 5);
	p = digits(p, d.day, 1);
	p = mempcpy(p, months + (size_t)5 * (d.month - 1), 5);
	p = digits(p, d.year > 0 ? (uint64_t)d.year : 0, 4);
	*p++ = ' ';
	p = digits(p, d.hour, 2);
	*p++ = ':';
	p = digits(p, d.minute, 2);
	*p++ = ':';
	p = digits(p, d.second, 2);
	p = mempcpy(p, " +0000", sizeof " +0000");
	return (size_t)(p - out) - 1;
}
