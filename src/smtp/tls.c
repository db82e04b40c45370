/* TLS that others end: s6-tlsd, sslserver, tlswrapper. */

#include <stdlib.h>

#include "smtp/session.h"
#include "smtp/tls.h"

int
tls_given(struct session const *s)
{
	char const *protocol = getenv("SSL_PROTOCOL");

	if (s->policy[SMTP_TLS].number == TLS_ACTIVE) return 1;
	return protocol && protocol[0] && !getenv("SSLCTLFD");
}
