/* material.h - keys, certificates and rules, as libtls wants them. */

#ifndef TLS_MATERIAL_H
#define TLS_MATERIAL_H

#include "lib/policy.h"

struct tls;

enum { MATERIAL_WHY = 512, MATERIAL_PAIRS = 64 };

/*
 * A context for a server, or for a client, with all that the variables name. NULL, and
 * the reason for people in why, of MATERIAL_WHY bytes, if a file cannot be read, is
 * not what it should be, or a certificate does not go with its key. Opens files.
 */
extern struct tls *material_server(struct policy_value const *values, char *why);
extern struct tls *material_client(struct policy_value const *values, char *why);

#endif
