/* UTC dates: RFC 3659 2.3, and those of ls -l. */

#include <string.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "mime/date.h"

enum { DAY = 86400, YEAR_MOST = 9999, DATE_DAY = 7 /* "Jan  2 " */ };

/* Fill day for the moment: seconds of that day, 0 to 86399. */
static unsigned int
enter(struct date_day *day, int64_t seconds)
{
	static char const months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t days_gone = seconds / DAY - (seconds % DAY < 0);
	struct mime_date d;

	if (!day->known || day->number != days_gone) {
		mime_date_split(&d, seconds);
		day->known = 1;
		day->number = days_gone;
		memcpy(day->list, months + (size_t)3 * (d.month - 1), 3);
		day->list[3] = ' ';
		*append_number(day->list + 4, d.day, 2, ' ') = ' ';
		d.year = d.year < 0 ? 0 : d.year > YEAR_MOST ? YEAR_MOST : d.year;
		(void)append_number(day->year, (uint64_t)d.year, 4, '0');
		memcpy(day->stamp, day->year, 4);
		(void)append_number(day->stamp + 4, d.month, 2, '0');
		(void)append_number(day->stamp + 6, d.day, 2, '0');
	}
	return (unsigned int)(seconds - days_gone * DAY);
}

static char *
two(char *s, unsigned int n)
{
	*s++ = (char)('0' + n / 10);
	*s++ = (char)('0' + n % 10);
	return s;
}

char *
date_day_stamp(struct date_day *day, char *s, int64_t seconds)
{
	unsigned int rest = enter(day, seconds);

	memcpy(s, day->stamp, sizeof day->stamp);
	s = two(s + sizeof day->stamp, rest / 3600);
	return two(two(s, rest / 60 % 60), rest % 60);
}

char *
date_stamp(char *s, int64_t seconds)
{
	struct date_day day = { .known = 0 };

	return date_day_stamp(&day, s, seconds);
}

static unsigned int
number(char const *s, unsigned int n)
{
	unsigned int u = 0;

	while (n--) u = u * 10 + (unsigned int)(*s++ - '0');
	return u;
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
	if (!mime_date_join(&d, seconds)) return 0;
	if (s[n] == '.') {
		size_t fraction = strspn(s + n + 1, "0123456789");

		if (!fraction) return 0;
		n += 1 + fraction;
	}
	return (unsigned int)n;
}

/* "15:04" */
static char *
clock_time(char *s, unsigned int rest)
{
	s = two(s, rest / 3600);
	*s++ = ':';
	return two(s, rest / 60 % 60);
}

char *
date_clock(char *s, int64_t seconds)
{
	static char const names[] = "SunMonTueWedThuFriSat";
	struct date_day day = { .known = 0 };
	unsigned int rest = enter(&day, seconds);

	s = append_bytes(s, names + 3 * (((day.number + 4) % 7 + 7) % 7), 3);
	*s++ = ' ';
	s = append_bytes(s, day.list, DATE_DAY);
	s = clock_time(s, rest);
	*s++ = ':';
	s = two(s, rest % 60);
	*s++ = ' ';
	return append_bytes(s, day.year, sizeof day.year);
}

char *
date_day_list(struct date_day *day, char *s, int64_t seconds, int64_t now)
{
	unsigned int rest = enter(day, seconds);

	memcpy(s, day->list, DATE_DAY);
	s += DATE_DAY;
	if (seconds < now - (int64_t)180 * DAY || seconds > now + 3600) {
		*s++ = ' ';
		return append_bytes(s, day->year, sizeof day->year);
	}
	return clock_time(s, rest);
}
