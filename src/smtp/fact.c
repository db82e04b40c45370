/* Facts about a message, checked again by the monitor: programs trust them. */

#include <string.h>

#include "lib/monitor.h"
#include "lib/safe.h"
#include "smtp/dsn.h"
#include "smtp/fact.h"
#include "smtp/protocol.h"
#include "smtp/schedule.h"
#include "smtp/session.h"

enum { SIZE_DIGITS = 20 };

/* The monitor holds it to the one its recipients were taken with. */
static int
sender_ok(char const *value)
{
	size_t n = strlen(value);

	return n < MAILBOX_MAX && utf8text(value, n) != UTF8TEXT_BAD;
}

static int
helo_ok(char const *value)
{
	size_t n = strlen(value);

	return n < HELO_BYTES && safe_is(value, n, 0);
}

static int
path_ok(char const *value)
{
	size_t n = strlen(value);

	return n < LINE_BYTES && utf8text(value, n) != UTF8TEXT_BAD;
}

static int
size_ok(char const *value)
{
	size_t n = strspn(value, "0123456789");

	return n > 0 && n <= SIZE_DIGITS && value[n] == 0 && value[0] != '0';
}

static int
body_ok(char const *value)
{
	return strcmp(value, "7BIT") == 0 || strcmp(value, "8BITMIME") == 0
	    || strcmp(value, "BINARYMIME") == 0;
}

static int
ret_ok(char const *value)
{
	return strcmp(value, "FULL") == 0 || strcmp(value, "HDRS") == 0;
}

static int
envid_ok(char const *value)
{
	size_t n = strlen(value);

	return n > 0 && n <= ENVID_MAX && safe_is(value, n, 0);
}

static int
hold_ok(char const *value)
{
	return schedule_holdfor(value) || schedule_holduntil(value);
}

static int
set(char const *value)
{
	return strcmp(value, "1") == 0;
}

char const *const fact_names[] = { "SENDER", "SMTPHELOHOST", "SMTPMAILFROM", "SMTPPROTO",
	"SMTPSIZE", "SMTPBODY", "SMTPUTF8", "SMTPRET", "SMTPENVID", "SMTPBY", "SMTPHOLD",
	"SMTPPRIORITY", "SMTPREQUIRETLS", "SMTPBARELF", NULL };

/* In the same order; what is said of the protocol the session decides. */
static int (*const checks[])(char const *value) = { sender_ok, helo_ok, path_ok, NULL, size_ok,
	body_ok, set, ret_ok, envid_ok, schedule_by, hold_ok, schedule_priority, set, set };

_Static_assert(sizeof fact_names / sizeof *fact_names == sizeof checks / sizeof *checks + 1,
    "a check for each name");

int
facts_ok(struct session const *s, struct monitor_message const *m)
{
	size_t i;

	if (!monitor_pairs_ok(m, fact_names)) return 0;
	for (i = 0; fact_names[i]; i++) {
		char const *value = monitor_value(m, fact_names[i]);

		if (value && !(checks[i] ? checks[i](value) : protocol_may(s, value))) return 0;
	}
	return 1;
}
