/* Days to dates by the proleptic Gregorian calendar, years begun in March. */

#include "lib/date.h"

enum { DAY = 86400, ERA = 146097 /* days in 400 years */, TO_1970 = 719468 };

static void
calendar(struct date *d, int64_t days)
{
	int64_t z = days + TO_1970; /* since 0000-03-01 */
	int64_t era = (z >= 0 ? z : z - ERA + 1) / ERA;
	int64_t doe = z - era * ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t m = (5 * doy + 2) / 153;

	d->day = (unsigned int)(doy - (153 * m + 2) / 5 + 1);
	d->month = (unsigned int)(m < 10 ? m + 3 : m - 9);
	d->year = yoe + era * 400 + (d->month <= 2);
}

void
date_from_unix(struct date *d, int64_t seconds)
{
	int64_t days = seconds / DAY;
	int64_t rest = seconds % DAY;

	if (rest < 0) {
		rest += DAY;
		days--;
	}
	calendar(d, days);
	d->weekday = (unsigned int)(((days + 4) % 7 + 7) % 7);
	d->hour = (unsigned int)(rest / 3600);
	d->minute = (unsigned int)(rest / 60 % 60);
	d->second = (unsigned int)(rest % 60);
}
