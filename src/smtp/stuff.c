/*
 *  state  |  LF            CR   '.'       other
 *  -------+-------------------------------------
 *  BOL    |  BOL put\r\n   CR   MID ..    MID put
 *  MID    |  BOL put\r\n   CR   MID put   MID put
 *  CR     |  BOL put\r\n   BAD  BAD       BAD
 *
 * With strict an LF is BAD but behind CR. Runs without CR and LF are copied
 * eight bytes at a time.
 */

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "smtp/stuff.h"

#define ONES 0x0101010101010101U
#define TOPS 0x8080808080808080U

/* The top bit of each byte of v that is c; right up to the first one. */
static uint64_t
find(uint64_t v, unsigned char c)
{
	v ^= ONES * c;
	return (v - ONES) & ~v & TOPS;
}

/* Copy to out up to a CR or LF, writing at most 8 bytes beyond; returns how many. */
static size_t
copy_run(char const *in, size_t n, char *out)
{
	size_t i = 0;

	while (n - i >= sizeof(uint64_t)) {
		uint64_t v, ends;

		memcpy(&v, in + i, sizeof v);
		memcpy(out + i, &v, sizeof v);
		v = le64toh(v);
		ends = find(v, '\n') | find(v, '\r');
		if (ends) return i + (size_t)__builtin_ctzll(ends) / 8;
		i += sizeof v;
	}
	for (; i < n && in[i] != '\n' && in[i] != '\r'; i++) out[i] = in[i];
	return i;
}

/* A CR or LF, or what follows a CR. */
static size_t
line_end(struct stuff *s, char c, char *out)
{
	if (c == '\r' && s->state != STUFF_CR) {
		s->state = STUFF_CR;
		return 0;
	}
	if (c != '\n' || (s->strict && s->state != STUFF_CR)) {
		s->state = STUFF_BAD;
		return 0;
	}
	out[0] = '\r';
	out[1] = '\n';
	s->state = STUFF_BOL;
	return 2;
}

size_t
stuff_encode(struct stuff *s, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n && s->state != STUFF_BAD) {
		size_t run;

		if (s->state == STUFF_CR || in[i] == '\n' || in[i] == '\r') {
			w += line_end(s, in[i++], out + w);
			continue;
		}
		if (s->state == STUFF_BOL && s->dots && in[i] == '.') out[w++] = '.';
		s->state = STUFF_MID;
		run = copy_run(in + i, n - i, out + w);
		i += run;
		w += run;
	}
	return w;
}

size_t
stuff_end(struct stuff *s, char *out)
{
	if (s->state == STUFF_CR) s->state = STUFF_BAD;
	if (s->state != STUFF_MID) return 0;
	out[0] = '\r';
	out[1] = '\n';
	s->state = STUFF_BOL;
	return 2;
}
