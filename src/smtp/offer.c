/* The keywords of EHLO. */

#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/offer.h"

/* What follows the keyword in line: "" or from a blank on. NULL if it is another. */
static char const *
keyword(char const *line, char const *name)
{
	size_t n = strlen(name);

	if (strncasecmp(line, name, n) != 0) return NULL;
	return line[n] == 0 || line[n] == ' ' ? line + n : NULL;
}

static void
limits(struct offer *o, char const *s)
{
	while (*(s += strspn(s, " "))) {
		uint64_t n;

		if (strncasecmp(s, "RCPTMAX=", 8) == 0 && uint64_scan(s + 8, &n) > 0 && n > 0
		    && n < o->rcptmax)
			o->rcptmax = n;
		s += strcspn(s, " ");
	}
}

void
offer_none(struct offer *o)
{
	*o = (struct offer){ .rcptmax = OFFER_RCPTMAX };
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
	o->eightbit |= keyword(line, "8BITMIME") != NULL;
	o->pipelining |= keyword(line, "PIPELINING") != NULL;
	o->chunking |= keyword(line, "CHUNKING") != NULL;
	o->smtputf8 |= keyword(line, "SMTPUTF8") != NULL;
	o->dsn |= keyword(line, "DSN") != NULL;
}
