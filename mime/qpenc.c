/* quoted-printable, the encoder: RFC 2045 section 6.7. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/qp.h"
#include "mime/qpkernel.h"

static char const hex[] = "0123456789ABCDEF";

static int
is_plain(char c)
{
	return c >= ' ' && c <= '~' && c != '=';
}

/* What is written as three characters wherever it stands. */
static int
is_coded(char c)
{
	return !is_plain(c) && c != '\n' && c != '\t';
}

/* Copy bytes that need no escape; up to 15 bytes of rubbish may follow in out. */
static size_t
copy_plain(char const *in, size_t n, char *out)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; n - i >= 16; i += 16) {
		__m128i v = _mm_loadu_si128((__m128i const *)(void const *)(in + i));
		__m128i bad = _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(' ')),
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('=')),
		        _mm_cmpeq_epi8(v, _mm_set1_epi8(127))));
		int hit = _mm_movemask_epi8(bad);

		_mm_storeu_si128((__m128i *)(void *)(out + i), v);
		if (hit) return i + (size_t)__builtin_ctz((unsigned int)hit);
	}
#endif
	for (; i < n && is_plain(in[i]); i++) out[i] = in[i];
	return i;
}

static size_t
put(struct mime_qp_enc *e, char c, int escape, char *out)
{
	size_t width = escape ? 3 : 1;
	size_t w = 0;

	if (e->column + width > MIME_QP_COLUMNS) {
		out[w++] = '=';
		out[w++] = '\n';
		e->column = 0;
	}
	e->column += width;
	if (!escape) {
		out[w++] = c;
		return w;
	}
	out[w++] = '=';
	out[w++] = hex[(unsigned char)c >> 4];
	out[w++] = hex[(unsigned char)c & 15];
	return w;
}

/* Give out what was held; escape says whether its first byte is dangerous. */
static size_t
release(struct mime_qp_enc *e, int escape, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < e->held; i++) w += put(e, e->hold[i], escape && i == 0, out + w);
	e->held = 0;
	return w;
}

/* Whether c goes on with the dangerous beginning of a line that is held. */
static int
still_from(struct mime_qp_enc const *e, char c)
{
	return e->held < 5 && e->hold[0] == 'F' && c == "From "[e->held];
}

static size_t
slow_byte(struct mime_qp_enc *e, char c, char *out)
{
	size_t w = 0;
	int from = e->held && still_from(e, c);

	if (from && c != ' ') {
		e->hold[e->held++] = c;
		return 0;
	}
	if (e->held) w = release(e, from || (c == '\n' && e->hold[0] != 'F'), out);
	if (c == '\n') {
		out[w++] = '\n';
		e->column = 0;
	} else if (c == ' ' || c == '\t'
	    || ((c == 'F' || c == '.') && e->column % MIME_QP_COLUMNS == 0)) {
		e->hold[e->held++] = c;
	} else {
		w += put(e, c, !is_plain(c), out + w);
	}
	return w;
}

/*
 * The common cases, which slow_byte would treat the same way one by one: a run
 * of plain bytes, an escape, a line end. Returns how many bytes were used.
 */
static size_t
quick(struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w)
{
	size_t room = MIME_QP_COLUMNS - e->column;
	size_t k;

	if (e->held || (e->column == 0 && (*in == 'F' || *in == '.')) || room == 0) return 0;
	k = copy_plain(in, n < room ? n : room, out + *w);
	/* A blank waits for what follows it. */
	if (k > 0 && in[k - 1] == ' ') k--;
	e->column += k;
	*w += k;
	if (k == n) return k;
	if (in[k] == '\n') {
		out[(*w)++] = '\n';
		e->column = 0;
		return k + 1;
	}
	for (; k < n && e->column + 3 <= MIME_QP_COLUMNS && is_coded(in[k]); k++) {
		out[(*w)++] = '=';
		out[(*w)++] = hex[(unsigned char)in[k] >> 4];
		out[(*w)++] = hex[(unsigned char)in[k] & 15];
		e->column += 3;
	}
	return k;
}

/* Nothing is held, before and after. Adds to *w; returns the bytes used. */
static size_t
kernel(struct mime_qp_enc *e, enum mime_cpu cpu, char const *in, size_t n, char *out, size_t *w)
{
	if (cpu == MIME_CPU_AVX512) return mime_qp_encode_avx512(e, in, n, out, w);
	if (cpu == MIME_CPU_AVX2 && n >= MIME_QP_PIECE)
		return mime_qp_encode_avx2(e, in, n, out, w);
	return 0;
}

size_t
mime_qp_encode(struct mime_qp_enc *e, char const *in, size_t n, char *out)
{
	enum mime_cpu cpu = mime_cpu_for(e->cpu, e->bytes);
	size_t w = 0;
	size_t i = 0;

	e->bytes += n;
	while (i < n) {
		size_t k;

		if (!e->held) i += kernel(e, cpu, in + i, n - i, out, &w);
		k = quick(e, in + i, n - i, out, &w);
		i += k;
		if (k == 0) w += slow_byte(e, in[i++], out + w);
	}
	return w;
}

size_t
mime_qp_encode_end(struct mime_qp_enc *e, char *out)
{
	return e->held ? release(e, e->hold[0] != 'F', out) : 0;
}
