/*
 * quoted-printable with 256-bit vectors, the encoder. It takes two passes over
 * pieces that stay in the first cache, the text with its escapes and then its
 * lines: so nothing depends on whether a line end, an escape or a soft break
 * comes next, which nobody could foretell.
 */

#include "mime/qppack.h"
#include "mime/vector256.h"

#ifdef __x86_64__
#include <stdint.h>
#include <string.h>

/* Bytes that are looked at together. */
#define BLOCK 64

/* Bytes of a piece. */
#define PIECE 4096

/* The most escapes that are spelled at once: 30 characters of a vector. */
#define SPELL ((size_t)10)

/* Before the text and after it: what is looked at, or written, and does not count. */
#define BEFORE 2
#define AFTER 128

/* Characters of an escape. */
#define ESCAPE ((size_t)3)

/* A piece with its escapes. */
struct spelled {
	size_t n;
	char *s;                /* the text */
	uint16_t lf[PIECE + 2]; /* where in s its lines end, and twice behind it */
	char room[BEFORE + 3 * (PIECE + BLOCK) + AFTER];
};

/* Bit i of each says something of byte i. */
struct marks {
	uint64_t lf;
	uint64_t coded; /* written as three characters */
};

/* The block at s; the byte after it is read too. */
MIME_AVX2 static inline struct marks
look(char const *s)
{
	__m256i a = mime_load256(s);
	__m256i b = mime_load256(s + 32);
	__m256i lf_a = mime_equal256(a, '\n');
	__m256i lf_b = mime_equal256(b, '\n');
	__m256i tab_a = mime_equal256(a, '\t');
	__m256i tab_b = mime_equal256(b, '\t');
	uint64_t blank = mime_bits512(_mm256_or_si256(tab_a, mime_equal256(a, ' ')),
	    _mm256_or_si256(tab_b, mime_equal256(b, ' ')));
	struct marks m = { mime_bits512(lf_a, lf_b),
		mime_bits512(mime_escaped256(a, lf_a, tab_a), mime_escaped256(b, lf_b, tab_b)) };

	m.coded |= blank & (m.lf >> 1 | (uint64_t)(s[BLOCK] == '\n') << (BLOCK - 1));
	return m;
}

/* The escapes of ten bytes, and two characters that do not count. */
MIME_AVX2 static void
escape(char const *s, char *out)
{
	__m256i const thrice = _mm256_setr_epi8(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5,
	    5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
	__m256i const sign = _mm256_setr_epi8(-1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1,
	    0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0);
	__m256i const upper = _mm256_setr_epi8(0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0,
	    -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1);
	__m256i const hex = _mm256_broadcastsi128_si256(_mm_setr_epi8(
	    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'));
	__m256i v = _mm256_shuffle_epi8(
	    _mm256_broadcastsi128_si256(_mm_loadu_si128((__m128i const *)(void const *)s)), thrice);
	__m256i digit = _mm256_blendv_epi8(v, _mm256_srli_epi16(v, 4), upper);

	digit = _mm256_shuffle_epi8(hex, _mm256_and_si256(digit, _mm256_set1_epi8(15)));
	mime_store256(out, _mm256_blendv_epi8(digit, _mm256_set1_epi8('='), sign));
}

/* Plain bytes, and the escapes of those after them: from, at and next are of a block. */
MIME_AVX2 static char *
segment(char const *s, size_t from, size_t at, size_t next, char *out)
{
	mime_qp_store(out, mime_qp_load(s + from));
	out += at - from;
	escape(s + at, out);
	for (; next - at > SPELL; at += SPELL) {
		out += 3 * SPELL;
		escape(s + at + SPELL, out);
	}
	return out + 3 * (next - at);
}

/* Where the lines of a block end, whose text begins at base. */
MIME_AVX2 static inline void
note_lines(struct marks m, size_t base, uint16_t *lf)
{
	unsigned int i;

	/* Mostly there are no more than two, and what is beyond the last does not count. */
	for (i = 0; i < 2 || m.lf; i++) {
		uint64_t before = m.coded & _blsmsk_u64(m.lf);

		lf[i] = (uint16_t)(base + _tzcnt_u64(m.lf) + 2 * (size_t)_mm_popcnt_u64(before));
		m.lf = _blsr_u64(m.lf);
	}
}

/* A block with its escapes. What follows it by as much is read too. */
MIME_AVX2 static inline char *
spell_block(char const *s, uint64_t coded, char *out)
{
	uint64_t begin = coded & ~(coded << 1);
	uint64_t end = ~coded & coded << 1;
	size_t from = 0;
	unsigned int i;

	/* Mostly there are no more than two; without any, both ends are that of the block. */
	for (i = 0; i < 2 || begin; i++) {
		size_t next = _tzcnt_u64(end);

		out = segment(s, from, _tzcnt_u64(begin), next, out);
		from = next;
		begin = _blsr_u64(begin);
		end = _blsr_u64(end);
	}
	mime_qp_store(out, mime_qp_load(s + from));
	return out + BLOCK - from;
}

/* As many blocks of the n bytes at s as make a piece. Returns the bytes used. */
MIME_AVX2 static size_t
spell(struct spelled *x, char const *s, size_t n)
{
	char *out = x->s;
	uint16_t *lf = x->lf;
	size_t i;

	for (i = 0; i < PIECE && n - i >= MIME_QP_PIECE; i += BLOCK) {
		struct marks m = look(s + i);

		note_lines(m, (size_t)(out - x->s), lf);
		lf += (size_t)_mm_popcnt_u64(m.lf);
		out = spell_block(s + i, m.coded, out);
	}
	/* How a line may begin that begins at the end of the piece. */
	spell_block(s + i, look(s + i).coded, out);
	x->n = (size_t)(out - x->s);
	/* Two line ends that are none, behind the text. */
	lf[0] = lf[1] = (uint16_t)(x->n + 1);
	return i;
}

/* If a line may not begin as it does at s, its first character as an escape. */
static char const *
guard(char const *s)
{
	if (s[0] == '.') return s[1] == '\n' ? "=2E" : NULL;
	if (memcmp(s, "From", 4) != 0) return NULL;
	return s[4] == ' ' || memcmp(s + 4, "=20", 3) == 0 ? "=46" : NULL;
}

/* The characters of a line, and more that do not count. */
MIME_AVX2 static inline void
copy_line(char const *s, char *out)
{
	mime_qp_store(out, mime_qp_load(s));
	_mm_storeu_si128((__m128i *)(void *)(out + 64),
	    _mm_loadu_si128((__m128i const *)(void const *)(s + 64)));
}

/* Write lines, of the last of which there may be more to come. */
MIME_AVX2 static char *
fold(struct spelled const *x, size_t *column, char *out)
{
	char const *s = x->s;
	char const *end = s + x->n;
	size_t room = MIME_QP_COLUMNS - *column;
	uint16_t const *lf = x->lf;
	char const *at = s + *lf;
	char const *guarded;

	for (;;) {
		char const *next = x->s + *++lf; /* early: what follows waits for it */
		char const *full;
		size_t hard;

		if ((*s == 'F' || *s == '.') && room == MIME_QP_COLUMNS && s < end
		    && (guarded = guard(s))) {
			memcpy(out, guarded, ESCAPE);
			out += ESCAPE;
			room -= ESCAPE;
			s++;
		}
		full = s + room;
		if (full >= end && at > end) break;
		copy_line(s, out);
		hard = at <= full;
		/* An escape is not cut. */
		full = hard ? at : full - (full[-1] == '=') - (ptrdiff_t)2 * (full[-2] == '=');
		out += full - s;
		out[0] = hard ? '\n' : '=';
		out[1] = '\n';
		out += 2 - hard;
		at = hard ? next : at;
		lf -= !hard;
		s = full + hard;
		room = MIME_QP_COLUMNS;
	}
	copy_line(s, out);
	*column = MIME_QP_COLUMNS - room + (size_t)(end - s);
	return out + (end - s);
}

MIME_AVX2 size_t
mime_qp_encode_avx2(struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w)
{
	char *o = out + *w;
	struct spelled x;
	size_t i = 0;

	x.s = x.room + BEFORE;
	memset(x.room, ' ', BEFORE);
	while (n - i >= MIME_QP_PIECE) {
		i += spell(&x, in + i, n - i);
		o = fold(&x, &e->column, o);
	}
	*w = (size_t)(o - out);
	return i;
}
#else
size_t
mime_qp_encode_avx2(struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w)
{
	(void)e;
	(void)in;
	(void)n;
	(void)out;
	(void)w;
	return 0;
}
#endif
