/* quoted-printable, the decoder: RFC 2045 section 6.7. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/qp.h"
#include "mime/qpkernel.h"

/* clang-format off */
static unsigned char const digits[256] = {
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99, 99, 99, 99, 99, 99,
	99, 10, 11, 12, 13, 14, 15, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 10, 11, 12, 13, 14, 15, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
};
/* clang-format on */

int
mime_hex(char c)
{
	int v = digits[(unsigned char)c];

	return v < 16 ? v : -1;
}

int
mime_hex_byte(char high, char low)
{
	int h = digits[(unsigned char)high];
	int l = digits[(unsigned char)low];

	return (h | l) < 16 ? h * 16 + l : -1;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Copy up to the next "=" or line end; up to 15 bytes of rubbish may follow in out. */
static size_t
copy_run(char const *in, size_t n, char *out, char end)
{
	size_t i = 0;

#ifdef __SSE2__
	__m128i const sign = _mm_set1_epi8('=');
	__m128i const eol = _mm_set1_epi8(end);

	for (; n - i >= 16; i += 16) {
		__m128i v = _mm_loadu_si128((__m128i const *)(void const *)(in + i));
		int hit = _mm_movemask_epi8(
		    _mm_or_si128(_mm_cmpeq_epi8(v, sign), _mm_cmpeq_epi8(v, eol)));

		_mm_storeu_si128((__m128i *)(void *)(out + i), v);
		if (hit) return i + (size_t)__builtin_ctz((unsigned int)hit);
	}
#endif
	for (; i < n && in[i] != '=' && in[i] != end; i++) out[i] = in[i];
	return i;
}

/* The run of blanks that ends at w; only what is after keep may go. */
static size_t
blank_run(char const *out, size_t w, size_t keep)
{
	size_t n = 0;

	while (w - n > keep && is_blank(out[w - n - 1])) n++;
	return n;
}

/* Of n blanks, those that are too many to be held and so are data. */
static size_t
surplus(size_t n)
{
	return n > MIME_QP_HOLD ? (n - 1) / MIME_QP_HOLD * MIME_QP_HOLD : 0;
}

/* A line end: out[keep..w) is the line so far. Returns the new w. */
static size_t
hard_break(struct mime_qp *d, char *out, size_t w, size_t keep)
{
	int cr = 0;
	size_t blanks;

	if (d->end == '\n' && w > keep && out[w - 1] == '\r') {
		cr = 1;
		w--;
	}
	blanks = blank_run(out, w, keep);
	if (blanks) d->codes |= (mime_codes)1 << MIME_QP_SPACE;
	w -= blanks - surplus(blanks);
	if (d->eol == MIME_EOL_CRLF || (d->eol == MIME_EOL_KEEP && cr)) out[w++] = '\r';
	out[w++] = '\n';
	if (d->eol == MIME_EOL_KEEP) out[w - 1] = d->end;
	return w;
}

/* The "=" was none: give it and what came after it. */
static size_t
literal(struct mime_qp *d, char *out)
{
	size_t n = d->held;

	out[0] = '=';
	memcpy(out + 1, d->hold, n);
	d->held = 0;
	d->state = MIME_QP_TEXT;
	d->codes |= (mime_codes)1 << MIME_BAD_QP;
	return n + 1;
}

/*
 *  state  |  hex      blank   CR      LF     other
 *  -------+------------------------------------------
 *  EQUAL  |  DIGIT    BLANK   CR      TEXT   literal
 *  DIGIT  |  TEXT put literal literal literal literal
 *  BLANK  |  literal  BLANK   CR      TEXT   literal
 *  CR     |  literal  literal literal TEXT   literal
 *
 * A literal leaves c to be read again. Returns whether c was used.
 */
static int
after_equal(struct mime_qp *d, char c, char *out, size_t *w)
{
	enum mime_qp_state st = d->state;

	if (st == MIME_QP_DIGIT && mime_hex(c) >= 0) {
		out[(*w)++] = (char)mime_hex_byte(d->hold[0], c);
		d->held = 0;
		d->state = MIME_QP_TEXT;
		return 1;
	}
	if (st != MIME_QP_DIGIT && c == d->end) {
		if (st == MIME_QP_BLANK || (st == MIME_QP_CR && d->held > 1))
			d->codes |= (mime_codes)1 << MIME_QP_SPACE;
		d->held = 0;
		d->state = MIME_QP_TEXT;
		return 1;
	}
	if (st == MIME_QP_EQUAL && mime_hex(c) >= 0) {
		d->state = MIME_QP_DIGIT;
	} else if ((st == MIME_QP_EQUAL || st == MIME_QP_BLANK) && (is_blank(c) || c == '\r')
	    && d->held < MIME_QP_HOLD) {
		d->state = c == '\r' ? MIME_QP_CR : MIME_QP_BLANK;
	} else {
		*w += literal(d, out + *w);
		return 0;
	}
	d->hold[d->held++] = c;
	return 1;
}

/* What may have to go when the next bytes are known moves from out to hold. */
static size_t
hold_back(struct mime_qp *d, char const *out, size_t w, size_t keep)
{
	size_t end = w;
	size_t blanks;

	if (d->end == '\n' && end > keep && out[end - 1] == '\r') end--;
	blanks = blank_run(out, end, keep);
	end -= blanks - surplus(blanks);
	d->held = w - end;
	memcpy(d->hold, out + end, d->held);
	return end;
}

/* An "=", and what it stands for if the two digits are there too; returns the bytes used. */
static size_t
equal(struct mime_qp *d, char const *in, size_t n, char *out, size_t *w)
{
	int v = n > 2 ? mime_hex_byte(in[1], in[2]) : -1;

	if (v < 0) {
		d->state = MIME_QP_EQUAL;
		return 1;
	}
	out[(*w)++] = (char)v;
	return 3;
}

/* The kernel for such a body, or NULL. */
static mime_qp_kernel *
kernel_for(struct mime_qp const *d)
{
	enum mime_cpu cpu = mime_cpu_for(d->cpu, d->bytes);

	if (d->end != '\n') return NULL;
	if (cpu == MIME_CPU_AVX512) return &mime_qp_decode_avx512;
	/* Where each LF becomes two bytes it would stop at each, which costs more than it saves. */
	if (cpu == MIME_CPU_AVX2 && d->eol != MIME_EOL_CRLF) return &mime_qp_decode_avx2;
	return NULL;
}

size_t
mime_qp_decode(struct mime_qp *d, char const *in, size_t n, char *out)
{
	mime_qp_kernel *kernel = kernel_for(d);
	size_t keep = 0; /* before this, out is final */
	size_t w = 0;
	size_t i = 0;

	d->bytes += n;
	if (d->state == MIME_QP_TEXT) {
		memcpy(out, d->hold, d->held);
		w = d->held;
		d->held = 0;
	}
	while (i < n) {
		size_t k;

		if (d->state != MIME_QP_TEXT) {
			i += (size_t)after_equal(d, in[i], out, &w);
			keep = w;
			continue;
		}
		if (kernel && n - i >= MIME_QP_BLOCK) {
			k = kernel(in + i, n - i, d->eol, w > keep, out, &w);
			i += k;
			if (k) keep = w;
		}
		/* Text between escapes is mostly a few bytes, lines some dozen. */
		if (in[i] != '=' && in[i] != d->end) {
			k = copy_run(in + i, n - i, out + w, d->end);
			i += k;
			w += k;
			if (i == n) break;
		}
		if (in[i] == '=') {
			i += equal(d, in + i, n - i, out, &w);
		} else {
			w = hard_break(d, out, w, keep);
			i++;
		}
		keep = w;
	}
	return d->state == MIME_QP_TEXT ? hold_back(d, out, w, keep) : w;
}

size_t
mime_qp_finish(struct mime_qp *d, char *out)
{
	size_t n;

	/* "=" at the end is a soft break; blanks there are before the line end of the boundary. */
	if (d->state == MIME_QP_DIGIT) return literal(d, out);
	if (d->state != MIME_QP_TEXT) d->held = 0;
	n = d->held;
	if (n > 0 && d->hold[n - 1] == '\r') {
		memcpy(out, d->hold, n);
		d->held = 0;
		return n;
	}
	if (n > 0) d->codes |= (mime_codes)1 << MIME_QP_SPACE;
	d->held = 0;
	return 0;
}
