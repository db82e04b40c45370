/* The same key, the same name: who delivers again finds what is there. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sha2.h>

#include <skalibs/fmtscan.h>
#include <skalibs/uint64.h>

#include "maildir/key.h"

enum { DIGITS = 12, HASHED = 16 };

/* Names of a Maildir and of a queue begin with a time. */
static uint64_t
time_of(char const *text)
{
	uint64_t t = 0;
	size_t n = strspn(text, "0123456789");

	if (n == 0 || n > DIGITS || text[n] != '.') return 0;
	uint64_scan(text, &t);
	return t;
}

void
key_make(struct key *k, char const *text, char const *host)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	char half[HASHED];
	char *s = k->stem;
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (uint8_t const *)text, strlen(text));
	SHA256Final(digest, &c);
	memcpy(half, digest, sizeof half);
	s += uint64_fmt(s, time_of(text));
	*s++ = '.';
	*s++ = 'K';
	s += ucharn_fmt(s, half, sizeof half);
	*s++ = '.';
	*s = 0;
	stpcpy(stpcpy(k->base, k->stem), host);
}
