/* Dates of header fields: RFC 5322 section 3.3, always in UTC. */

#include <stdio.h>

#include "mime/date.h"

size_t
mime_date_format(char *out, int64_t seconds)
{
	static char const days[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static char const months[][4] = { "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
		"Nov", "Dec", "Jan", "Feb" };
	int64_t day = seconds / 86400 - (seconds % 86400 < 0);
	int64_t s = seconds - day * 86400;
	int64_t weekday = (day % 7 + 7) % 7;
	/* Years begin in March, so that the leap day is the last one; eras have 400 years. */
	int64_t z = day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t in_era = z - era * 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	int64_t date = in_year - (153 * month + 2) / 5 + 1;
	int n = snprintf(out, MIME_DATE_SIZE, "%s, %lld %s %04lld %02d:%02d:%02d +0000",
	    days[weekday], (long long)date, months[month],
	    (long long)year + (long long)era * 400 + (month > 9), (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));

	return n > 0 ? (size_t)n : 0;
}
