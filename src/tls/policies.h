/* policies.h - the rows of the TLS_ variables. */

#ifndef TLS_POLICIES_H
#define TLS_POLICIES_H

#include "lib/policy.h"

/* Places in the table: values[TLS_CERT] is the variable of that name. */
enum {
	TLS_CERT,
	TLS_KEY,
	TLS_DIR,
	TLS_PROTOCOLS,
	TLS_CIPHERS,
	TLS_ALPN,
	TLS_TICKETS,
	TLS_CLIENT_CA,
	TLS_CLIENT,
	TLS_HANDSHAKE,
	TLS_CA,
	TLS_VERIFY,
	TLS_NAME,
	TLS_POLICIES
};

/* Places of the words of TLS_CLIENT, TLS_VERIFY. */
enum { TLS_OPTIONAL, TLS_REQUIRE };
enum { TLS_VERIFY_NAME, TLS_VERIFY_NONE };

enum { TLS_FILE_NAME = 1024 }; /* most bytes of a file's name, its 0 included */

extern struct policy const tls_policies[TLS_POLICIES + 1];

#endif
