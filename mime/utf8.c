/* UTF-8, RFC 3629 section 4. */

#include <string.h>

#include "mime/utf8.h"

/* Continuation bytes that must follow lead, and the smallest code point they may give. */
static size_t
shape(unsigned char lead, uint32_t *least)
{
	if (lead >= 0xc2 && lead <= 0xdf) {
		*least = 0x80;
		return 1;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		*least = 0x800;
		return 2;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		*least = 0x10000;
		return 3;
	}
	return 0;
}

size_t
mime_utf8_get(uint32_t *c, char const *s, size_t n)
{
	unsigned char lead = (unsigned char)*s;
	uint32_t least = 0;
	uint32_t v;
	size_t more;
	size_t i;

	*c = lead;
	if (lead < 0x80) return 1;
	*c = MIME_UTF8_BAD;
	more = shape(lead, &least);
	if (more == 0 || more >= n) return 0;
	v = lead & (0x3fu >> more);
	for (i = 1; i <= more; i++) {
		unsigned char x = (unsigned char)s[i];

		if ((x & 0xc0) != 0x80) return 0;
		v = v << 6 | (x & 0x3f);
	}
	if (v < least || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff)) return 0;
	*c = v;
	return more + 1;
}

size_t
mime_utf8_put(char *s, uint32_t c)
{
	if (c < 0x80) {
		s[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		s[0] = (char)(0xc0 | c >> 6);
		s[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		s[0] = (char)(0xe0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 0x3f));
		s[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	s[0] = (char)(0xf0 | c >> 18);
	s[1] = (char)(0x80 | (c >> 12 & 0x3f));
	s[2] = (char)(0x80 | (c >> 6 & 0x3f));
	s[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Whether the n bytes at s could still grow into a sequence. */
static int
unfinished(char const *s, size_t n)
{
	uint32_t least = 0;
	size_t more = shape((unsigned char)*s, &least);
	size_t i;

	if (more == 0 || n > more) return 0;
	for (i = 1; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80) return 0;
	return 1;
}

size_t
mime_utf8_prefix(char const *s, size_t n, int *broken)
{
	size_t i = 0;

	*broken = 0;
	while (i < n) {
		uint32_t c;
		uint64_t eight;
		size_t k;

		/* Most text is ASCII: eight bytes at a time. */
		while (n - i >= 8) {
			memcpy(&eight, s + i, 8);
			if (eight & 0x8080808080808080u) break;
			i += 8;
		}
		while (i < n && (unsigned char)s[i] < 0x80) i++;
		if (i == n) break;
		/* Two bytes are what most languages of Latin and Cyrillic letters use. */
		if (n - i >= 2 && (unsigned char)s[i] >= 0xc2 && (unsigned char)s[i] <= 0xdf
		    && ((unsigned char)s[i + 1] & 0xc0) == 0x80) {
			i += 2;
			continue;
		}
		k = mime_utf8_get(&c, s + i, n - i);
		if (k == 0) {
			*broken = !unfinished(s + i, n - i);
			break;
		}
		i += k;
	}
	return i;
}

int
mime_utf8_valid(char const *s, size_t n)
{
	int broken;

	return mime_utf8_prefix(s, n, &broken) == n;
}

struct range {
	uint32_t first;
	uint32_t last;
};

static struct range const hidden[] = {
	{ 0x80, 0x9f },
	{ 0x61c, 0x61c },
	{ 0x200b, 0x200f },
	{ 0x2028, 0x202e },
	{ 0x2060, 0x2069 },
	{ 0xfdd0, 0xfdef },
	{ 0xfeff, 0xfeff },
	{ 0xfff9, 0xfffb },
	{ 0xfffd, 0xfffd },
	{ 0xe0000, 0xe007f },
};

int
mime_utf8_hidden(uint32_t c)
{
	size_t i;

	if ((c & 0xfffe) == 0xfffe) return 1;
	for (i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (c >= hidden[i].first && c <= hidden[i].last) return 1;
	return 0;
}
