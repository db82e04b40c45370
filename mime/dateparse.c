/* Dates of header fields, read: RFC 5322 sections 3.3 and 4.3. */

#include <string.h>
#include <strings.h>

#include "mime/date.h"
#include "mime/param.h"

struct cursor {
	char const *s;
	size_t n;
	size_t i;
};

/* Blanks, comments, commas; some write 24-Nov-2026. */
static void
skip(struct cursor *c)
{
	while (c->i < c->n) {
		if (c->s[c->i] == '(')
			c->i += mime_comment(c->s + c->i, c->n - c->i);
		else if (c->s[c->i] && strchr(" \t\r\n,", c->s[c->i]))
			c->i++;
		else
			break;
	}
}

static int
is_digit(struct cursor const *c)
{
	return c->i < c->n && c->s[c->i] >= '0' && c->s[c->i] <= '9';
}

static int
is_letter(struct cursor const *c)
{
	return c->i < c->n
	    && ((c->s[c->i] >= 'A' && c->s[c->i] <= 'Z')
	        || (c->s[c->i] >= 'a' && c->s[c->i] <= 'z'));
}

/* At most max digits; returns how many, 0 if there are none or more. */
static unsigned int
number(struct cursor *c, unsigned int max, unsigned int *v)
{
	unsigned int d = 0;

	*v = 0;
	for (; is_digit(c) && d < max; d++) *v = *v * 10 + (unsigned int)(c->s[c->i++] - '0');
	return is_digit(c) ? 0 : d;
}

/* The place, from 1, of the word's first three letters in list; 0 if it is not there. */
static unsigned int
word(struct cursor *c, char const *list)
{
	char const *s = c->s + c->i;
	unsigned int k;

	while (is_letter(c)) c->i++;
	if (c->s + c->i - s < 3) return 0;
	for (k = 0; list[3 * (size_t)k]; k++)
		if (strncasecmp(list + 3 * (size_t)k, s, 3) == 0) return k + 1;
	return 0;
}

static int
year(struct cursor *c, struct mime_date *d)
{
	unsigned int v;
	unsigned int digits = number(c, 4, &v);

	if (digits < 2) return 0;
	/* RFC 5322 4.3: two digits are of 1950 to 2049, three are counted from 1900. */
	if (digits == 2 && v < 50)
		v += 2000;
	else if (digits < 4)
		v += 1900;
	d->year = v;
	return 1;
}

static void
dash(struct cursor *c)
{
	if (c->i < c->n && c->s[c->i] == '-') c->i++;
	skip(c);
}

static int
day(struct cursor *c, struct mime_date *d)
{
	static char const months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (is_letter(c)) word(c, months);
	skip(c);
	if (!number(c, 2, &d->day)) return 0;
	dash(c);
	d->month = word(c, months);
	if (d->month == 0) return 0;
	dash(c);
	return year(c, d);
}

static int
colon(struct cursor *c)
{
	skip(c);
	if (c->i == c->n || c->s[c->i] != ':') return 0;
	c->i++;
	skip(c);
	return 1;
}

static int
time_of_day(struct cursor *c, struct mime_date *d)
{
	d->second = 0;
	if (!number(c, 2, &d->hour) || !colon(c) || !number(c, 2, &d->minute)) return 0;
	return !colon(c) || number(c, 2, &d->second);
}

/* Seconds east of Greenwich. Letters that say nothing, and no zone at all, are UTC. */
static int
zone(struct cursor *c, int64_t *east)
{
	static char const names[] = "EDTESTCDTCSTMDTMSTPDTPST";
	unsigned int v;
	unsigned int k;
	int west;

	*east = 0;
	if (is_letter(c)) {
		k = word(c, names);
		/* EDT is 4 hours behind, EST 5, CDT 5, ... PST 8. */
		if (k) *east = -3600 * (int64_t)(4 + k / 2);
		return 1;
	}
	if (c->i == c->n) return 1;
	if (c->s[c->i] != '+' && c->s[c->i] != '-') return 0;
	west = c->s[c->i++] == '-';
	if (number(c, 4, &v) != 4 || v % 100 > 59) return 0;
	*east = (int64_t)(v / 100) * 3600 + (int64_t)(v % 100) * 60;
	if (west) *east = -*east;
	return 1;
}

int
mime_date_parse(char const *s, size_t n, int64_t *seconds)
{
	struct cursor c = { s, n, 0 };
	struct mime_date d = { 0 };
	int64_t east;

	skip(&c);
	if (!day(&c, &d)) return 0;
	skip(&c);
	if (!time_of_day(&c, &d)) return 0;
	skip(&c);
	if (!zone(&c, &east)) return 0;
	if (!mime_date_join(&d, seconds)) return 0;
	*seconds -= east;
	return 1;
}
