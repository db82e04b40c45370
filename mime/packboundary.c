/* Boundaries and what else is random: RFC 2046 section 5.1.1. */

#include <string.h>
#include <sys/random.h>

#include <sha2.h>
#include <skalibs/strerr.h>
#include <skalibs/uint64.h>

#include "mime/pack.h"

/* A delimiter: two dashes and the boundary. */
#define DELIMITER (2 + MIME_PACK_BOUNDARY - 1)
#define BLOCK 16384

void
mime_pack_random(struct mime_pack *k, char *out)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	char number[8];
	SHA2_CTX ctx;

	if (!k->seed) {
		if (getrandom(out, MIME_PACK_RANDOM, 0) != MIME_PACK_RANDOM)
			strerr_diefusys(111, "get random bytes");
		return;
	}
	uint64_pack_big(number, k->drawn++);
	SHA256Init(&ctx);
	SHA256Update(&ctx, (uint8_t const *)k->seed, strlen(k->seed));
	SHA256Update(&ctx, (uint8_t const *)number, sizeof number);
	SHA256Final(digest, &ctx);
	memcpy(out, digest, MIME_PACK_RANDOM);
}

/* "=_" occurs in neither quoted-printable nor base64; the rest are 128 bits. */
static void
draw(struct mime_pack *k, char *s)
{
	char bytes[MIME_PACK_RANDOM];
	char flat[32];
	size_t i;

	mime_pack_random(k, bytes);
	mime_b64_flat(bytes, sizeof bytes, flat);
	memcpy(s, "=_", 2);
	for (i = 0; i < MIME_PACK_BOUNDARY - 3; i++) {
		char c = flat[i];

		if (c == '+') c = '-';
		if (c == '/') c = '_';
		s[i + 2] = c;
	}
	s[MIME_PACK_BOUNDARY - 1] = 0;
}

/* Whether one of our delimiters stands in the n bytes at s. */
static int
has_delimiter(struct mime_pack const *k, char const *s, size_t n)
{
	char const *end = s + n;
	char const *p;
	size_t i;

	while ((p = memmem(s, (size_t)(end - s), "--=_", 4)) && end - p >= (ptrdiff_t)DELIMITER) {
		for (i = 0; i < MIME_PACK_MULTIPARTS; i++)
			if (memcmp(p + 2, k->boundary[i], MIME_PACK_BOUNDARY - 1) == 0) return 1;
		s = p + 1;
	}
	return 0;
}

static int
stands_in(struct mime_pack const *k, struct mime_leaf *l)
{
	char block[BLOCK + DELIMITER];
	size_t kept = 0;
	uint64_t at = 0;
	ssize_t r;

	if (!l->source.path || l->plan.cte > MIME_CTE_BINARY) return 0;
	while ((r = mime_source_look(&l->source, at, block + kept, BLOCK)) > 0) {
		size_t n = kept + (size_t)r;

		if (has_delimiter(k, block, n)) return 1;
		at += (uint64_t)r;
		kept = n < DELIMITER - 1 ? n : DELIMITER - 1;
		memmove(block, block + n - kept, kept);
	}
	if (r == -1) strerr_diefusys(111, "read ", l->source.path);
	return 0;
}

static int
taken(struct mime_pack *k)
{
	unsigned int i;

	if (stands_in(k, &k->text) || stands_in(k, &k->html)) return 1;
	for (i = 0; i < k->parts; i++)
		if (stands_in(k, k->part + i)) return 1;
	return 0;
}

void
mime_pack_boundaries(struct mime_pack *k)
{
	size_t i;

	do {
		for (i = 0; i < MIME_PACK_MULTIPARTS; i++) draw(k, k->boundary[i]);
	} while (taken(k));
}
