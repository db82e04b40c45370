/* When and how urgently to deliver: RFC 2852, 4865, 6710, 7293. */

#include <string.h>
#include <strings.h>

#include "smtp/schedule.h"

static char const digits[] = "0123456789";

int
schedule_by(char const *value)
{
	int past = value[0] == '-';
	char const *time = value + (past || value[0] == '+');
	size_t n = strspn(time, digits);
	char const *mode = time + n + 1;
	/* A message cannot be returned before it was sent. */
	int future = !past && strspn(time, "0") < n;

	if (n == 0 || n > 9 || time[n] != ';') return 0;
	if (strcasecmp(mode, "N") == 0 || strcasecmp(mode, "NT") == 0) return 1;
	return future && (strcasecmp(mode, "R") == 0 || strcasecmp(mode, "RT") == 0);
}

int
schedule_holdfor(char const *value)
{
	size_t n = strspn(value, digits);

	return n > 0 && n <= 9 && value[0] != '0' && value[n] == 0;
}

/* Fits the pattern, in which 0 stands for any digit. */
static int
fits(char const *s, char const *pattern)
{
	for (; *pattern; s++, pattern++)
		if (*pattern == '0' ? !*s || !strchr(digits, *s) : *s != *pattern) return 0;
	return 1;
}

/* Two digits, from least to most. */
static int
two(char const *s, int least, int most)
{
	int n = (s[0] - '0') * 10 + s[1] - '0';

	return n >= least && n <= most;
}

/* RFC 3339 5.6 date-time; returns what follows, or NULL. */
static char const *
date_time(char const *s)
{
	if (!fits(s, "0000-00-00T00:00:00") || !two(s + 5, 1, 12) || !two(s + 8, 1, 31)
	    || !two(s + 11, 0, 23) || !two(s + 14, 0, 59) || !two(s + 17, 0, 60))
		return NULL;
	s += 19;
	if (*s == '.') {
		size_t n = strspn(s + 1, digits);

		if (n == 0) return NULL;
		s += n + 1;
	}
	if (*s == 'Z') return s + 1;
	if (!fits(s, "+00:00") && !fits(s, "-00:00")) return NULL;
	return two(s + 1, 0, 23) && two(s + 4, 0, 59) ? s + 6 : NULL;
}

int
schedule_holduntil(char const *value)
{
	char const *end = date_time(value);

	return end && *end == 0;
}

int
schedule_priority(char const *value)
{
	if (strcmp(value, "0") == 0) return 1;
	value += *value == '-';
	return *value >= '1' && *value <= '9' && value[1] == 0;
}

int
schedule_rrvs(char const *value)
{
	char const *end = date_time(value);

	return end && (*end == 0 || strcasecmp(end, ";C") == 0 || strcasecmp(end, ";R") == 0);
}
