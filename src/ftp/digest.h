/* digest.h - checksums, by the names of the IANA table that HASH uses. Pure. */

#ifndef FTP_DIGEST_H
#define FTP_DIGEST_H

#include <md5.h>
#include <sha1.h>
#include <sha2.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of FTP_HASH's words, and of FEAT. */
enum digest_kind {
	DIGEST_SHA256,
	DIGEST_SHA512,
	DIGEST_SHA1,
	DIGEST_MD5,
	DIGEST_CRC32,
	DIGEST_KINDS
};

enum { DIGEST_HEX = 2 * SHA512_DIGEST_LENGTH + 1 };

struct digest {
	enum digest_kind kind;
	union {
		SHA2_CTX sha2;
		SHA1_CTX sha1;
		MD5_CTX md5;
		uint32_t crc32;
	} state;
};

/* "SHA-256" and so on. */
extern char const *digest_name(enum digest_kind kind);

/* The kind of that name, without regard to case, or DIGEST_KINDS. */
extern enum digest_kind digest_find(char const *name);

/*
 * Begin, add bytes in pieces of any size, end: the value as lower-case hex
 * digits and a 0 to hex (DIGEST_HEX bytes). d may then be begun again.
 */
extern void digest_begin(struct digest *d, enum digest_kind kind);
extern void digest_add(struct digest *d, char const *s, size_t n);
extern void digest_end(struct digest *d, char *hex);

#endif
