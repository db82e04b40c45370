/* hash.h - which checksum HASH gives: the draft's OPTS HASH and its FEAT line. */

#ifndef FTP_HASH_H
#define FTP_HASH_H

#include "ftp/digest.h"
#include "lib/reply.h"

struct session;

/* The first kind of FTP_HASH is chosen, as at the start. */
extern void hash_reset(struct session *s);

/* Choose a kind of FTP_HASH, or DIGEST_KINDS where there is none: 1, or 0 for any other. */
extern int hash_choose(struct session *s, enum digest_kind kind);

/* OPTS HASH name, or without one: the reply. */
extern struct reply const *hash_option(struct session *s, char const *name);

/* The text after "HASH " in FEAT, a star after the chosen one, and 0. */
extern void hash_feature(struct session const *s, char *p);

#endif
