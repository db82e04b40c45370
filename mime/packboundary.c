/* Boundaries: RFC 2046 section 5.1.1. */

#include <string.h>
#include <sys/random.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

uint64_t
mime_pack_random(void)
{
	uint64_t v;

	if (getrandom(&v, sizeof v, 0) != (ssize_t)sizeof v)
		strerr_diefusys(111, "get random bytes");
	return v;
}

/* "=_" occurs in neither quoted-printable nor base64; the rest are 128 bits. */
static void
draw(char *s)
{
	char bytes[16];
	char flat[32];
	uint64_t v = mime_pack_random();
	size_t i;

	memcpy(bytes, &v, 8);
	v = mime_pack_random();
	memcpy(bytes + 8, &v, 8);
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

void
mime_pack_boundaries(struct mime_pack *k)
{
	size_t i;

	for (i = 0; i < MIME_PACK_MULTIPARTS; i++) draw(k->boundary[i]);
}
