/* TLS that others end: s6-tlsd, sslserver, tlswrapper. */

#include <stdlib.h>

#include "smtp/session.h"
#include "smtp/tls.h"

int
tls_environment(void)
{
	char const *protocol = getenv("SSL_PROTOCOL");

	return protocol && protocol[0] && !getenv("SSLREADFD");
}

int
tls_given(struct session const *s)
{
	return s->policy[SMTP_TLS].number == TLS_ACTIVE || tls_environment();
}
