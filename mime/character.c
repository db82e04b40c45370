/* Characters of East Asia, as far as iconv(3) may see them. */

#include <string.h>

#include "mime/coding.h"

/*
 * musl up to 1.2.5 takes a first byte above C6 with a second below A1 for the
 * end of the extension of the code and writes before its output (CVE-2025-26519).
 */
static int
korean(char const *s, size_t n)
{
	unsigned char one = (unsigned char)s[0];
	unsigned char two = n > 1 ? (unsigned char)s[1] : 0;

	if (one < 0x80) return 1;
	if (n == 1) return 0;
	if (one >= 0xa1 && one <= 0xfd && two >= 0xa1 && two <= 0xfe) return 2;
	return one >= 0x81 && (one < 0xc6 || (one == 0xc6 && two <= 0x52)) ? 2 : -1;
}

/* musl takes a line feed for the second byte, and loses it. */
static int
japanese(char const *s, size_t n)
{
	unsigned char one = (unsigned char)s[0];
	unsigned char two = n > 1 ? (unsigned char)s[1] : 0;

	if (one < 0x80 || (one >= 0xa1 && one <= 0xdf)) return 1;
	if (one == 0x80 || one == 0xa0 || one > 0xfc) return -1;
	if (n == 1) return 0;
	return two >= 0x40 && two <= 0xfc && two != 0x7f ? 2 : -1;
}

/* musl 1.2.3 gives the wrong characters above FFFF: those are reckoned here. */
static int
chinese(char const *s, size_t n)
{
	unsigned char one = (unsigned char)s[0];
	unsigned char two = n > 1 ? (unsigned char)s[1] : 0;

	if (one < 0x80) return 1;
	if (one == 0x80 || one == 0xff) return -1;
	if (n == 1) return 0;
	if (two >= 0x40 && two != 0x7f && two != 0xff) return 2;
	if (two < '0' || two > '9') return -1;
	if (n < 4) return 0;
	return one < 0x90 ? 4 : -1;
}

mime_character *
mime_character_of(char const *name)
{
	if (strcmp(name, "CP949") == 0) return korean;
	if (strcmp(name, "WINDOWS-31J") == 0) return japanese;
	if (strcmp(name, "GB18030") == 0) return chinese;
	return NULL;
}

static int
within(char c, unsigned char least, unsigned char most)
{
	return (unsigned char)c >= least && (unsigned char)c <= most;
}

int
mime_character_gb18030(char const *s, size_t n, uint32_t *point)
{
	uint32_t v;

	if (n < 4 || !within(s[0], 0x90, 0xe3) || !within(s[1], '0', '9')
	    || !within(s[2], 0x81, 0xfe) || !within(s[3], '0', '9'))
		return 0;
	v = (((unsigned char)s[0] - 0x90u) * 10 + (unsigned char)s[1] - '0') * 126;
	v = (v + (unsigned char)s[2] - 0x81) * 10 + (unsigned char)s[3] - '0';
	*point = 0x10000 + v;
	return *point <= 0x10ffff;
}
