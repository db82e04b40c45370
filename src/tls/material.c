/* What a TLS end is made of: tls-session(8). */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include <tls.h>

#include "tls/material.h"
#include "tls/policies.h"

enum { KEY_BYTES = 48, KEYS_MAX = 4, DAY = 86400 };

static int
fail(char *why, char const *what, char const *reason)
{
	(void)snprintf(why, MATERIAL_WHY, "%s: %s", what, reason ? reason : "unusable");
	return 0;
}

static int
fail_config(char *why, char const *what, struct tls_config *config)
{
	return fail(why, what, tls_config_error(config));
}

/* RFC 8446 6.1 and libtls leave versions to us; words are checked by libtls. */
static int
set_rules(struct tls_config *config, struct policy_value const *values, char *why)
{
	uint32_t protocols;

	if (tls_config_parse_protocols(&protocols, values[TLS_PROTOCOLS].text) == -1)
		return fail(why, "TLS_PROTOCOLS", "not a list of protocols");
	if (tls_config_set_protocols(config, protocols) == -1)
		return fail_config(why, "TLS_PROTOCOLS", config);
	if (tls_config_set_ciphers(config, values[TLS_CIPHERS].text) == -1)
		return fail_config(why, "TLS_CIPHERS", config);
	return 1;
}

static int
is_pem(struct dirent const *entry)
{
	size_t n = strlen(entry->d_name);

	return entry->d_name[0] != '.' && n > 4 && strcmp(entry->d_name + n - 4, ".pem") == 0;
}

/* The first one is that of clients which name nobody. */
static int
add_pair(struct tls_config *config, int *pairs, char const *cert, char const *key, char *why)
{
	int r;

	if (access(cert, R_OK) == -1) return fail(why, cert, strerror(errno));
	if (access(key, R_OK) == -1) return fail(why, key, strerror(errno));
	r = *pairs ? tls_config_add_keypair_file(config, cert, key)
	           : tls_config_set_keypair_file(config, cert, key);
	if (r == -1) return fail_config(why, cert, config);
	++*pairs;
	return 1;
}

static int
add_directory(struct tls_config *config, int *pairs, char const *dir, char *why)
{
	struct dirent **list;
	int ok = 1;
	int n = scandir(dir, &list, is_pem, alphasort);
	int i;

	if (n == -1) return fail(why, dir, strerror(errno));
	if (n > MATERIAL_PAIRS) ok = fail(why, dir, "more than 64 certificates");
	for (i = 0; ok && i < n; i++) {
		char path[TLS_FILE_NAME + 256];

		(void)snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
		ok = add_pair(config, pairs, path, path, why);
	}
	return ok;
}

static int
set_pairs(struct tls_config *config, struct policy_value const *values, char *why)
{
	char const *cert = values[TLS_CERT].text;
	char const *key = values[TLS_KEY].text;
	char const *dir = values[TLS_DIR].text;
	int pairs = 0;

	if (cert && !add_pair(config, &pairs, cert, key ? key : cert, why)) return 0;
	if (dir && !add_directory(config, &pairs, dir, why)) return 0;
	return pairs || fail(why, "TLS_CERT, TLS_DIR", "no certificate");
}

/* RFC 8446 4.2.11, RFC 5077. Without a file of keys this process makes its own. */
static int
set_tickets(struct tls_config *config, char const *file, char *why)
{
	static unsigned char const id[TLS_MAX_SESSION_ID_LENGTH] = "guichet";
	unsigned char keys[KEYS_MAX * KEY_BYTES + 1];
	ssize_t n = 0;
	ssize_t i;

	if (tls_config_set_session_id(config, id, sizeof id) == -1
	    || tls_config_set_session_lifetime(config, DAY) == -1)
		return fail_config(why, "session tickets", config);
	if (!file) return 1;
	n = openreadnclose(file, (char *)keys, sizeof keys);
	if (n == -1) return fail(why, file, strerror(errno));
	if (n == 0 || n % KEY_BYTES || (size_t)n == sizeof keys)
		return fail(why, file, "not one to four keys of 48 bytes");
	/* libtls makes tickets with the key that was added last; ours is the first. */
	for (i = n - KEY_BYTES; i >= 0; i -= KEY_BYTES)
		if (tls_config_add_ticket_key(
		        config, (uint32_t)(i / KEY_BYTES + 1), keys + i, KEY_BYTES)
		    == -1)
			return fail_config(why, file, config);
	explicit_bzero(keys, sizeof keys);
	return 1;
}

static int
set_clients(struct tls_config *config, struct policy_value const *values, char *why)
{
	char const *file = values[TLS_CLIENT_CA].text;

	if (!file && values[TLS_CLIENT].number == TLS_REQUIRE)
		return fail(why, "TLS_CLIENT=require", "needs TLS_CLIENT_CA");
	if (!file) return 1;
	if (tls_config_set_ca_file(config, file) == -1) return fail_config(why, file, config);
	if (values[TLS_CLIENT].number == TLS_REQUIRE)
		tls_config_verify_client(config);
	else
		tls_config_verify_client_optional(config);
	return 1;
}

static struct tls *
finish(struct tls *t, struct tls_config *config, char const *what, char *why)
{
	if (!t) {
		fail(why, "TLS", strerror(errno));
		return NULL;
	}
	if (tls_configure(t, config) == -1) {
		fail(why, what ? what : "TLS", tls_error(t));
		return NULL;
	}
	return t;
}

struct tls *
material_server(struct policy_value const *values, char *why)
{
	struct tls_config *config = tls_config_new();

	if (!config) {
		fail(why, "TLS", strerror(errno));
		return NULL;
	}
	if (!set_rules(config, values, why) || !set_pairs(config, values, why)
	    || !set_tickets(config, values[TLS_TICKETS].text, why)
	    || !set_clients(config, values, why))
		return NULL;
	if (tls_config_set_alpn(config, values[TLS_ALPN].text) == -1) {
		fail_config(why, "TLS_ALPN", config);
		return NULL;
	}
	tls_config_prefer_ciphers_server(config);
	return finish(
	    tls_server(), config, values[values[TLS_CERT].text ? TLS_CERT : TLS_DIR].text, why);
}

struct tls *
material_client(struct policy_value const *values, char *why)
{
	struct tls_config *config = tls_config_new();
	char const *cert = values[TLS_CERT].text;
	char const *key = values[TLS_KEY].text;
	int pairs = 0;

	if (!config) {
		fail(why, "TLS", strerror(errno));
		return NULL;
	}
	if (!set_rules(config, values, why)) return NULL;
	if (cert && !add_pair(config, &pairs, cert, key ? key : cert, why)) return NULL;
	if (values[TLS_VERIFY].number == TLS_VERIFY_NONE) {
		tls_config_insecure_noverifycert(config);
		tls_config_insecure_noverifyname(config);
		tls_config_insecure_noverifytime(config);
	} else if (!values[TLS_NAME].text) {
		fail(why, "TLS_NAME", "no name to hold the certificate against");
		return NULL;
	} else if (tls_config_set_ca_file(config, values[TLS_CA].text) == -1) {
		fail_config(why, values[TLS_CA].text, config);
		return NULL;
	}
	return finish(tls_client(), config, cert, why);
}
