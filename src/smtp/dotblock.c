/* Mail data by blocks of 64 bytes; what a block cannot tell, the automaton does. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#else
#include <endian.h>
#endif

#include "smtp/dot.h"

enum { BLOCK = 64, AHEAD = 2 * BLOCK /* bytes that squeeze may touch */ };

/* Places in a block: bit i is byte i. */
struct places {
	uint64_t cr;
	uint64_t lf;
	uint64_t dot;
};

#ifdef __SSE2__
static uint64_t
find16(char const *s, __m128i c)
{
	__m128i v = _mm_loadu_si128((__m128i const *)(void const *)s);

	return (uint64_t)(unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(v, c));
}

static uint64_t
find(char const *s, char c)
{
	__m128i const v = _mm_set1_epi8(c);

	return find16(s, v) | find16(s + 16, v) << 16 | find16(s + 32, v) << 32
	    | find16(s + 48, v) << 48;
}
#else
/* Eight bytes at a time: the top bit of those that are c, then those bits together. */
static uint64_t
find(char const *s, char c)
{
	uint64_t const ones = 0x0101010101010101;
	uint64_t const low = 0x7f * ones;
	uint64_t found = 0;
	unsigned int i;

	for (i = 0; i < BLOCK; i += 8) {
		uint64_t x;

		memcpy(&x, s + i, sizeof x);
		x = le64toh(x) ^ (unsigned char)c * ones;
		x = ~(((x & low) + low) | x | low) >> 7;
		found |= (x * 0x0102040810204080 >> 56) << i;
	}
	return found;
}

#endif

static void
survey(struct places *p, char const *s)
{
	p->cr = find(s, '\r');
	p->lf = find(s, '\n');
	p->dot = find(s, '.');
}

/*
 * Copy a block without the bytes at the places gone: all of it, then what is
 * behind each of them once more, one byte nearer. Reads and writes up to a block
 * beyond, which is cheaper than copying the right length. Returns the length.
 */
static size_t
squeeze(char const *in, uint64_t gone, char *out)
{
	size_t n = BLOCK;

	memcpy(out, in, BLOCK);
	for (; gone; gone &= gone - 1) {
		unsigned int k = (unsigned int)__builtin_ctzll(gone);

		memcpy(out + k - (BLOCK - n), in + k + 1, BLOCK);
		n--;
	}
	return n;
}

/*
 * One block from DOT_BOL, DOT_MID or DOT_CR on. 0 if the automaton must do it:
 * a dot at the beginning of a line has CR behind it, or the end of the block.
 */
static size_t
take(struct dot *d, char const *in, char *out, size_t *w)
{
	uint64_t const top = (uint64_t)1 << (BLOCK - 1);
	uint64_t held = d->state == DOT_CR;
	uint64_t ends; /* LF of CRLF */
	uint64_t dots; /* to go */
	struct places p;

	survey(&p, in);
	ends = p.lf & (p.cr << 1 | held);
	dots = d->counted ? 0 : p.dot & (ends << 1 | (d->state == DOT_BOL));
	if (dots & (p.cr >> 1 | top)) return 0;
	if (held && (d->crlf || !(ends & 1))) out[(*w)++] = '\r';
	if (p.lf != ends || (p.cr & ~top) != (ends & ~(uint64_t)1) >> 1 || (held && !(ends & 1)))
		d->bare = 1;
	*w += squeeze(in, dots | (p.cr & (d->crlf ? top : ends >> 1 | top)), out + *w);
	d->octets += BLOCK;
	for (; dots; dots &= dots - 1) d->octets--;
	d->state = (p.cr & top) ? DOT_CR : (ends & top) ? DOT_BOL : DOT_MID;
	return BLOCK;
}

size_t
dot_decode(struct dot *d, char const *in, size_t n, char *out, size_t *w)
{
	size_t i = 0;
	size_t len;

	*w = 0;
	while (n - i > AHEAD && d->state != DOT_END) {
		size_t used = 0;

		if (d->state != DOT_DOT && d->state != DOT_DOTCR) used = take(d, in + i, out, w);
		if (!used) {
			used = dot_bytes(d, in + i, BLOCK, out + *w, &len);
			*w += len;
		}
		i += used;
	}
	i += dot_bytes(d, in + i, n - i, out + *w, &len);
	*w += len;
	return i;
}
