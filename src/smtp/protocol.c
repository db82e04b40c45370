/* The names of RFC 3848 and RFC 6531 4.3. */

#include <string.h>

#include "smtp/protocol.h"
#include "smtp/session.h"

/* After EHLO or LHLO. */
static char const *
extended(struct session const *s, int utf8)
{
	static char const *const names[2][2][4] = {
		{ { "ESMTP", "ESMTPS", "ESMTPA", "ESMTPSA" },
		    { "UTF8SMTP", "UTF8SMTPS", "UTF8SMTPA", "UTF8SMTPSA" } },
		{ { "LMTP", "LMTPS", "LMTPA", "LMTPSA" },
		    { "UTF8LMTP", "UTF8LMTPS", "UTF8LMTPA", "UTF8LMTPSA" } },
	};
	unsigned int which = s->state & S_TLS ? 1 : 0;

	return names[s->lmtp][utf8][s->state & S_AUTH ? which + 2 : which];
}

static char const *
plain(struct session const *s)
{
	return s->lmtp ? "LMTP" : "SMTP";
}

char const *
protocol_name(struct session const *s)
{
	return s->state & S_EHLO ? extended(s, s->tx.param.utf8 != 0) : plain(s);
}

int
protocol_may(struct session const *s, char const *name)
{
	return strcmp(name, plain(s)) == 0 || strcmp(name, extended(s, 0)) == 0
	    || strcmp(name, extended(s, 1)) == 0;
}
