/* Facts to be set: RFC 3659 7.2 has their form. */

#include <string.h>
#include <strings.h>

#include "ftp/date.h"
#include "ftp/modfacts.h"

enum { MODE_DIGITS = 4 };

static int
is(char const *name, size_t n, char const *known)
{
	return strlen(known) == n && strncasecmp(name, known, n) == 0;
}

/* What is said back of a name nobody knows. */
static void
keep_name(struct modfacts *m, char const *name, size_t n)
{
	static char const safe[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
	size_t kept = 0;

	for (; n && kept + 1 < sizeof m->unknown; name++, n--)
		if (*name && strchr(safe, *name)) m->unknown[kept++] = *name;
	m->unknown[kept] = 0;
}

static enum modfacts_form
take_modify(struct modfacts *m, char const *value, size_t n)
{
	if (m->given & MODFACTS_MODIFY) return MODFACTS_BAD;
	m->given |= MODFACTS_MODIFY;
	return date_scan(value, &m->seconds) == n ? MODFACTS_OK : MODFACTS_DATE;
}

/* Octal, as MLST shows it; set-id and sticky bits are nobody's to give. */
static enum modfacts_form
take_mode(struct modfacts *m, char const *value, size_t n)
{
	size_t i;

	if ((m->given & MODFACTS_MODE) || n == 0 || n > MODE_DIGITS) return MODFACTS_BAD;
	if (strspn(value, "01234567") != n) return MODFACTS_BAD;
	m->given |= MODFACTS_MODE;
	for (i = 0, m->mode = 0; i < n; i++) m->mode = m->mode * 8 + (unsigned int)(value[i] - '0');
	return m->mode <= 0777 ? MODFACTS_OK : MODFACTS_BAD;
}

/* One fact of n bytes, without its semicolon. */
static enum modfacts_form
take(struct modfacts *m, char const *fact, size_t n)
{
	char const *equals = memchr(fact, '=', n);
	size_t name;

	if (!equals || equals == fact) return MODFACTS_BAD;
	name = (size_t)(equals - fact);
	if (is(fact, name, "modify")) return take_modify(m, equals + 1, n - name - 1);
	if (is(fact, name, "UNIX.mode")) return take_mode(m, equals + 1, n - name - 1);
	keep_name(m, fact, name);
	return MODFACTS_UNKNOWN;
}

enum modfacts_form
modfacts_parse(char const *arg, struct modfacts *m)
{
	m->given = 0;
	while (*arg && *arg != ' ') {
		size_t n = strcspn(arg, "; ");
		enum modfacts_form form;

		if (arg[n] != ';') return MODFACTS_BAD;
		form = take(m, arg, n);
		if (form != MODFACTS_OK) return form;
		arg += n + 1;
	}
	if (!m->given || *arg != ' ' || !arg[1]) return MODFACTS_BAD;
	m->path = arg + 1;
	return MODFACTS_OK;
}
