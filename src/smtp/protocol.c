/* The names of RFC 3848 and RFC 6531 4.3. */

#include <stdlib.h>

#include "smtp/protocol.h"
#include "smtp/session.h"

char const *
protocol_name(struct session const *s)
{
	static char const *const names[2][2][2] = {
		{ { "ESMTP", "ESMTPS" }, { "UTF8SMTP", "UTF8SMTPS" } },
		{ { "LMTP", "LMTPS" }, { "UTF8LMTP", "UTF8LMTPS" } },
	};

	if (!(s->state & S_EHLO)) return s->lmtp ? "LMTP" : "SMTP";
	return names[s->lmtp][s->tx.param.utf8 != 0][getenv("SSL_PROTOCOL") != NULL];
}
