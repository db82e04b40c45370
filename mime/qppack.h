/*
 * qppack.h - the bytes of a block that are kept, one behind the other, with 256-bit
 * vectors. Of x86-64 alone; see qpkernel.h for mime_qp_kept.
 */

#ifndef MIME_QPPACK_H
#define MIME_QPPACK_H

#include "mime/qpkernel.h"
#include "mime/vector256.h"

#ifdef __x86_64__
/* Bytes of a block, which are judged together. */
#define MIME_QP_PACK ((size_t)64)

struct mime_qp_block {
	__m256i a;
	__m256i b;
};

MIME_AVX2 static inline struct mime_qp_block
mime_qp_load(char const *s)
{
	return (struct mime_qp_block){ mime_load256(s), mime_load256(s + 32) };
}

/* Of 16 bytes those that are kept. */
MIME_AVX2 static inline char *
mime_qp_pack16(__m128i v, uint64_t keep, char *out)
{
	uint64_t a = keep & 255;
	uint64_t b = keep >> 8 & 255;
	__m128i from = _mm_set_epi64x((long long)mime_qp_kept[b], (long long)mime_qp_kept[a]);

	from = _mm_add_epi8(from, _mm_set_epi64x(0x0808080808080808, 0));
	v = _mm_shuffle_epi8(v, from);
	_mm_storel_epi64((__m128i *)(void *)out, v);
	out += _mm_popcnt_u64(a);
	_mm_storel_epi64((__m128i *)(void *)out, _mm_unpackhi_epi64(v, v));
	return out + _mm_popcnt_u64(b);
}

/*
 * Put at out those bytes of v whose bits are set in keep. Returns their end; 64 bytes
 * behind it may change.
 */
MIME_AVX2 static inline char *
mime_qp_pack(struct mime_qp_block v, uint64_t keep, char *out)
{
	out = mime_qp_pack16(_mm256_castsi256_si128(v.a), keep, out);
	out = mime_qp_pack16(_mm256_extracti128_si256(v.a, 1), keep >> 16, out);
	out = mime_qp_pack16(_mm256_castsi256_si128(v.b), keep >> 32, out);
	return mime_qp_pack16(_mm256_extracti128_si256(v.b, 1), keep >> 48, out);
}

MIME_AVX2 static inline void
mime_qp_store(char *s, struct mime_qp_block v)
{
	mime_store256(s, v.a);
	mime_store256(s + 32, v.b);
}

/*
 * The same of the block at s without those that are set in drop, where runs of them are
 * few. What follows the block by as much is read too.
 */
MIME_AVX2 static inline char *
mime_qp_copy(char const *s, uint64_t drop, char *out)
{
	uint64_t begin = drop & ~(drop << 1);
	uint64_t end = ~drop & drop << 1;
	size_t from = 0;

	/* Mostly there is no more than one; without any, both ends are that of the block. */
	do {
		mime_qp_store(out, mime_qp_load(s + from));
		out += _tzcnt_u64(begin) - from;
		from = _tzcnt_u64(end);
		begin = _blsr_u64(begin);
		end = _blsr_u64(end);
	} while (begin);
	mime_qp_store(out, mime_qp_load(s + from));
	return out + MIME_QP_PACK - from;
}
#endif

#endif
