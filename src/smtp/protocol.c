/* The names of RFC 3848 and RFC 6531 4.3. */

#include "smtp/protocol.h"
#include "smtp/session.h"

char const *
protocol_name(struct session const *s)
{
	if (s->tx.param.utf8) return "UTF8SMTP";
	return s->state & S_EHLO ? "ESMTP" : "SMTP";
}
