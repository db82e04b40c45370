/* The keywords of EHLO. */

#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/mechanism.h"
#include "smtp/offer.h"

/* What follows the keyword in line: "" or from a blank on. NULL if it is another. */
static char const *
keyword(char const *line, char const *name)
{
	size_t n = strlen(name);

	if (strncasecmp(line, name, n) != 0) return NULL;
	return line[n] == 0 || line[n] == ' ' ? line + n : NULL;
}

/* One limit of LIMITS; 0 is none, and what is not as low as *n. */
static void
limit(char const *s, char const *name, uint64_t *n)
{
	size_t len = strlen(name);
	uint64_t value;

	if (strncasecmp(s, name, len) != 0 || !uint64_scan(s + len, &value)) return;
	if (value && value < *n) *n = value;
}

static void
limits(struct offer *o, char const *s)
{
	while (*(s += strspn(s, " "))) {
		limit(s, "RCPTMAX=", &o->rcptmax);
		limit(s, "MAILMAX=", &o->mailmax);
		s += strcspn(s, " ");
	}
}

/* AUTH with its mechanisms; servers of old wrote AUTH= as well. */
static void
logins(struct offer *o, char const *line)
{
	if (!keyword(line, "AUTH") && strncasecmp(line, "AUTH=", 5) != 0) return;
	line += 4;
	while (*(line += strspn(line, " =")) != 0) {
		size_t n = strcspn(line, " ");
		enum mechanism m = mechanism_find(line, n);

		if (m != MECHANISMS) o->auth |= 1U << m;
		line += n;
	}
}

void
offer_none(struct offer *o)
{
	*o = (struct offer){ .rcptmax = OFFER_RCPTMAX, .mailmax = UINT64_MAX };
}

void
offer_add(struct offer *o, char const *line)
{
	char const *value = keyword(line, "SIZE");

	if (value) {
		o->size = 1;
		value += strspn(value, " ");
		if (!uint640_scan(value, &o->limit)) o->limit = 0;
	}
	value = keyword(line, "LIMITS");
	if (value) limits(o, value);
	logins(o, line);
	o->eightbit |= keyword(line, "8BITMIME") != NULL;
	o->pipelining |= keyword(line, "PIPELINING") != NULL;
	o->chunking |= keyword(line, "CHUNKING") != NULL;
	o->smtputf8 |= keyword(line, "SMTPUTF8") != NULL;
	o->dsn |= keyword(line, "DSN") != NULL;
	o->requiretls |= keyword(line, "REQUIRETLS") != NULL;
	o->starttls |= keyword(line, "STARTTLS") != NULL;
}
