/* All the configuration there is: tls-session(8), ENVIRONMENT. */

#include <stddef.h>

#include "tls/policies.h"

/* clang-format off */
struct policy const tls_policies[TLS_POLICIES + 1] = {
	{ "TLS_CERT", POLICY_TEXT, NULL, 1, TLS_FILE_NAME - 1, NULL,
	    "file with the certificate and those that lead to its root" },
	{ "TLS_KEY", POLICY_TEXT, NULL, 1, TLS_FILE_NAME - 1, NULL,
	    "file with its key (the file of TLS_CERT)" },
	{ "TLS_DIR", POLICY_TEXT, NULL, 1, TLS_FILE_NAME - 256, NULL,
	    "directory of further certificates, chosen by name: *.pem" },
	{ "TLS_PROTOCOLS", POLICY_TEXT, "tlsv1.2,tlsv1.3", 1, 100, NULL, "versions spoken" },
	{ "TLS_CIPHERS", POLICY_TEXT,
	    "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:!aNULL:!PSK", 1, 1000, NULL,
	    "ciphers of TLS 1.2" },
	{ "TLS_ALPN", POLICY_TEXT, "ftp,smtp", 1, 255, NULL,
	    "protocols, one of which a client that names any must name" },
	{ "TLS_TICKETS", POLICY_TEXT, NULL, 1, TLS_FILE_NAME - 1, NULL,
	    "file of keys of 48 bytes that sessions are resumed with" },
	{ "TLS_CLIENT_CA", POLICY_TEXT, NULL, 1, TLS_FILE_NAME - 1, NULL,
	    "file of roots; certificates of clients are asked for" },
	{ "TLS_CLIENT", POLICY_WORD, "optional", 0, 0, "optional require",
	    "whether a client must have one" },
	{ "TLS_HANDSHAKE", POLICY_SECONDS, "30", 1, 3600, NULL, "time for a handshake" },
	{ "TLS_CA", POLICY_TEXT, "/etc/ssl/certs/ca-certificates.crt", 1, TLS_FILE_NAME - 1, NULL,
	    "-c: file of roots" },
	{ "TLS_VERIFY", POLICY_WORD, "name", 0, 0, "name none",
	    "-c: hold the server's certificate against its name, or look at nothing" },
	{ "TLS_NAME", POLICY_TEXT, NULL, 1, 255, NULL, "-c: the server's name (TCPREMOTEHOST)" },
	{ NULL, POLICY_TEXT, NULL, 0, 0, NULL, NULL }
};
/* clang-format on */
