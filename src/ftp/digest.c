/* Checksums: libmd has the SHAs and MD5, zlib has CRC-32. */

#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "ftp/digest.h"

static char const names[DIGEST_KINDS][8] = { "SHA-256", "SHA-512", "SHA-1", "MD5", "CRC32" };

char const *
digest_name(enum digest_kind kind)
{
	return names[kind];
}

enum digest_kind
digest_find(char const *name)
{
	unsigned int i = 0;

	while (i < DIGEST_KINDS && strcasecmp(names[i], name) != 0) i++;
	return (enum digest_kind)i;
}

void
digest_begin(struct digest *d, enum digest_kind kind)
{
	d->kind = kind;
	switch (kind) {
	case DIGEST_SHA256: SHA256Init(&d->state.sha2); break;
	case DIGEST_SHA512: SHA512Init(&d->state.sha2); break;
	case DIGEST_SHA1: SHA1Init(&d->state.sha1); break;
	case DIGEST_MD5: MD5Init(&d->state.md5); break;
	case DIGEST_CRC32: d->state.crc32 = 0; break;
	case DIGEST_KINDS: break;
	}
}

void
digest_add(struct digest *d, char const *s, size_t n)
{
	unsigned char const *p = (unsigned char const *)s;

	switch (d->kind) {
	case DIGEST_SHA256: SHA256Update(&d->state.sha2, p, n); break;
	case DIGEST_SHA512: SHA512Update(&d->state.sha2, p, n); break;
	case DIGEST_SHA1: SHA1Update(&d->state.sha1, p, n); break;
	case DIGEST_MD5: MD5Update(&d->state.md5, p, n); break;
	case DIGEST_CRC32: d->state.crc32 = (uint32_t)crc32_z(d->state.crc32, p, n); break;
	case DIGEST_KINDS: break;
	}
}

/* Four bytes, the highest first. */
static size_t
put_crc(uint32_t crc, unsigned char *out)
{
	int i;

	for (i = 0; i < 4; i++) out[i] = (unsigned char)(crc >> (24 - 8 * i));
	return 4;
}

static size_t
finish(struct digest *d, unsigned char *out)
{
	switch (d->kind) {
	case DIGEST_SHA256: SHA256Final(out, &d->state.sha2); return SHA256_DIGEST_LENGTH;
	case DIGEST_SHA512: SHA512Final(out, &d->state.sha2); return SHA512_DIGEST_LENGTH;
	case DIGEST_SHA1: SHA1Final(out, &d->state.sha1); return SHA1_DIGEST_LENGTH;
	case DIGEST_MD5: MD5Final(out, &d->state.md5); return MD5_DIGEST_LENGTH;
	case DIGEST_CRC32: return put_crc(d->state.crc32, out);
	case DIGEST_KINDS: break;
	}
	return 0;
}

void
digest_end(struct digest *d, char *hex)
{
	static char const digits[] = "0123456789abcdef";
	unsigned char value[SHA512_DIGEST_LENGTH];
	size_t n = finish(d, value);
	size_t i;

	for (i = 0; i < n; i++) {
		*hex++ = digits[value[i] >> 4];
		*hex++ = digits[value[i] & 15];
	}
	*hex = 0;
}
