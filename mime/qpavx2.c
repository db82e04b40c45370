/*
 * quoted-printable with 256-bit vectors, the decoder. 64 bytes are judged by
 * masks, with those of the next 64 at hand, so that where a block begins never
 * depends on what was found in the one before. All blocks of a piece are judged
 * before the first of them is written: the processor does not look far enough
 * ahead to begin one while it is at the last steps of another.
 */

#include "mime/qpkernel.h"
#include "mime/qppack.h"

#ifdef __x86_64__
/* Blocks of a piece, which stays in the first cache. */
#define BLOCKS 64

/* Bit i of each says something of byte i. */
struct marks {
	uint64_t equal;
	uint64_t blank;
	uint64_t lf;
	uint64_t cr;
};

/* What matters to the block after this one. */
struct carry {
	uint64_t escape; /* an "=" that two digits follow */
	uint64_t soft;   /* the "=" of a soft break */
	uint64_t crlf;   /* the same, if the line ends with CRLF */
	uint64_t pair;   /* the CR of a CRLF */
	uint64_t blank;  /* a blank, or a CR that belongs to no line end */
};

/* What becomes of a block. */
struct fate {
	uint64_t drop;
	uint64_t odd;  /* an "=" of no soft break */
	uint64_t stop; /* what only the plain decoder can judge */
};

/* A piece, and what is between two of them. */
struct piece {
	enum mime_eol eol;
	struct marks next; /* the first block of the next piece */
	struct carry carry;
	uint64_t stop;    /* not 0: in the last block */
	uint64_t escapes; /* not 0: there were some, or may be */
	size_t blocks;
	uint64_t keep[BLOCKS];
	char s[(BLOCKS + 1) * MIME_QP_PACK]; /* the values of escapes are where their "=" was */
};

MIME_AVX2 static inline uint64_t
equal(struct mime_qp_block v, char c)
{
	return mime_bits512(mime_equal256(v.a, c), mime_equal256(v.b, c));
}

MIME_AVX2 static inline __m256i
blank(__m256i v)
{
	return _mm256_or_si256(mime_equal256(v, ' '), mime_equal256(v, '\t'));
}

MIME_AVX2 static inline struct marks
look(char const *s)
{
	struct mime_qp_block v = mime_qp_load(s);

	return (struct marks){ equal(v, '='), mime_bits512(blank(v.a), blank(v.b)), equal(v, '\n'),
		equal(v, '\r') };
}

/* What holds of the byte after each; next goes on where m ends. */
static inline uint64_t
ahead(uint64_t m, uint64_t next)
{
	return m >> 1 | next << (MIME_QP_PACK - 1);
}

/* What holds of the byte n before each; last is what came before m. */
static inline uint64_t
behind(uint64_t m, uint64_t last, unsigned int n)
{
	return m << n | last >> (MIME_QP_PACK - n);
}

/* The line ends, and what escapes of the block before reach into this one. */
static inline struct fate
judge(struct marks m, struct marks next, enum mime_eol eol, struct carry *c)
{
	struct fate f;
	uint64_t pair = m.cr & ahead(m.lf, next.lf);
	uint64_t first = pair | (m.lf & ~behind(pair, c->pair, 1));
	/* Asked for only where an "=" is before it. */
	uint64_t next_pair = next.cr & next.lf >> 1;
	uint64_t soft = m.equal & ahead(first, next_pair | next.lf);
	uint64_t crlf = soft & ahead(pair, next_pair);
	uint64_t loose = m.blank | (m.cr & ~pair);

	f.odd = m.equal & ~soft;
	f.stop = first & ~behind(soft, c->soft, 1) & behind(loose, c->blank, 1);
	f.drop = soft | behind(soft, c->soft, 1) | behind(crlf, c->crlf, 2);
	f.drop |= behind(0, c->escape, 1) | behind(0, c->escape, 2);
	if (eol == MIME_EOL_LF) f.drop |= pair;
	*c = (struct carry){ 0, soft, crlf, pair, loose };
	return f;
}

/* The value of each hex digit; more than 15 if a byte is none. */
MIME_AVX2 static inline __m256i
digits(__m256i v)
{
	/* "0" to "9" become 246 to 255, and then 0 to 9; what is below or above, 16 and more. */
	__m256i figure = _mm256_add_epi8(v, _mm256_set1_epi8((char)(255 - '9')));
	__m256i letter = _mm256_and_si256(v, _mm256_set1_epi8((char)0xdf));

	figure = _mm256_subs_epu8(figure, _mm256_set1_epi8(6));
	figure = _mm256_sub_epi8(figure, _mm256_set1_epi8((char)0xf0));
	letter = _mm256_sub_epi8(letter, _mm256_set1_epi8('A'));
	letter = _mm256_adds_epu8(letter, _mm256_set1_epi8(10));
	return _mm256_min_epu8(figure, letter);
}

/* *v is at s: puts what two digits say for each "="; returns all ones where there are none. */
MIME_AVX2 static inline __m256i
unescape(char const *s, __m256i *v)
{
	__m256i const half = _mm256_set1_epi8(15);
	__m256i high = digits(mime_load256(s + 1));
	__m256i low = digits(mime_load256(s + 2));
	__m256i most = _mm256_max_epu8(high, low);

	high = _mm256_slli_epi16(_mm256_and_si256(high, half), 4);
	*v = _mm256_blendv_epi8(*v, _mm256_or_si256(high, low), mime_equal256(*v, '='));
	/* The highest bit alone counts. */
	return _mm256_adds_epu8(most, _mm256_set1_epi8(127 - 15));
}

/* As many blocks of the n bytes at s as make a piece. Returns the bytes used. */
MIME_AVX2 static size_t
judge_piece(struct piece *x, char const *s, size_t n)
{
	struct marks m = x->next;
	struct carry c = x->carry;
	uint64_t escapes = x->escapes;
	uint64_t stop = 0;
	size_t i = 0;
	size_t k;

	for (k = 0; k < BLOCKS && !stop && n - i >= MIME_QP_BLOCK; k++) {
		int last = n - i - MIME_QP_PACK < MIME_QP_BLOCK;
		struct marks next = { 0 };
		struct mime_qp_block v = mime_qp_load(s + i);
		struct fate f;

		if (!last) next = look(s + i + MIME_QP_PACK);
		f = judge(m, next, x->eol, &c);
		m = next;
		stop = f.stop;
		escapes |= f.odd;
		/* Once there was one this is done for all, which nobody need foretell. */
		if (escapes) {
			__m256i bad_a = unescape(s + i, &v.a);
			__m256i bad_b = unescape(s + i + 32, &v.b);

			/* What reaches beyond the last block is not begun. */
			c.escape = f.odd & ~mime_bits512(bad_a, bad_b) & UINT64_MAX >> 2 * last;
			stop |= f.odd & ~c.escape;
			f.drop |= c.escape << 1 | c.escape << 2;
		}
		mime_qp_store(x->s + k * MIME_QP_PACK, v);
		x->keep[k] = ~f.drop & ~stop & (stop - 1);
		i += stop ? _tzcnt_u64(stop) : MIME_QP_PACK;
	}
	x->next = m;
	x->carry = c;
	x->stop = stop;
	x->escapes = escapes;
	x->blocks = k;
	return i;
}

MIME_AVX2 static char *
put_piece(struct piece const *x, char *out)
{
	size_t k;

	if (x->escapes)
		for (k = 0; k < x->blocks; k++)
			out = mime_qp_pack(mime_qp_load(x->s + k * MIME_QP_PACK), x->keep[k], out);
	else
		for (k = 0; k < x->blocks; k++)
			out = mime_qp_copy(x->s + k * MIME_QP_PACK, ~x->keep[k], out);
	return out;
}

/* The run of blanks that ends at i, which stand in the output as they do here. */
static size_t
run(char const *in, size_t i)
{
	size_t n = 0;

	while (n < i && (in[i - n - 1] == ' ' || in[i - n - 1] == '\t' || in[i - n - 1] == '\r'))
		n++;
	return n;
}

MIME_AVX2 size_t
mime_qp_decode_avx2(char const *in, size_t n, enum mime_eol eol, int loose, char *out, size_t *w)
{
	struct piece x;
	char *o = out + *w;
	size_t blanks;
	size_t i = 0;

	x.eol = eol;
	x.next = look(in);
	x.carry = (struct carry){ .blank = (uint64_t)(loose != 0) << (MIME_QP_PACK - 1) };
	x.stop = 0;
	x.escapes = 0;
	while (!x.stop && n - i >= MIME_QP_BLOCK) {
		i += judge_piece(&x, in + i, n - i);
		o = put_piece(&x, o);
	}
	blanks = run(in, i);
	*w = (size_t)(o - out) - blanks;
	return i - blanks;
}
#else
size_t
mime_qp_decode_avx2(char const *in, size_t n, enum mime_eol eol, int loose, char *out, size_t *w)
{
	(void)in;
	(void)n;
	(void)eol;
	(void)loose;
	(void)out;
	(void)w;
	return 0;
}
#endif
