/* base64 in whole clean lines on AArch64, where vectors load and store interleaved. */

#include "mime/b64.h"
#include "mime/b64kernel.h"

#ifdef __aarch64__
#include <arm_neon.h>

/* Tables of 64 bytes. */
static uint8x16x4_t
table(unsigned char const *s)
{
	return (
	    uint8x16x4_t){ { vld1q_u8(s), vld1q_u8(s + 16), vld1q_u8(s + 32), vld1q_u8(s + 48) } };
}

/* Values of 64 or more are those of characters outside of the alphabet. */
static uint8x16_t
value(uint8x16_t c, uint8x16x4_t low, uint8x16x4_t high)
{
	uint8x16_t const other = vdupq_n_u8(MIME_B64_OTHER);
	uint8x16_t v = vqtbx4q_u8(other, low, c);

	return vqtbx4q_u8(v, high, veorq_u8(c, vdupq_n_u8(64)));
}

/* 64 characters to 48 bytes; what is not in the alphabet shows in bad. */
static void
decode64(char const *in, char *out, uint8x16x4_t low, uint8x16x4_t high, uint8x16_t *bad)
{
	uint8x16x4_t c = vld4q_u8((unsigned char const *)in);
	uint8x16_t a = value(c.val[0], low, high);
	uint8x16_t b = value(c.val[1], low, high);
	uint8x16_t d = value(c.val[2], low, high);
	uint8x16_t e = value(c.val[3], low, high);
	uint8x16x3_t x;

	*bad = vorrq_u8(*bad, vorrq_u8(vorrq_u8(a, b), vorrq_u8(d, e)));
	x.val[0] = vorrq_u8(vshlq_n_u8(a, 2), vshrq_n_u8(b, 4));
	x.val[1] = vorrq_u8(vshlq_n_u8(b, 4), vshrq_n_u8(d, 2));
	x.val[2] = vorrq_u8(vshlq_n_u8(d, 6), e);
	vst3q_u8((unsigned char *)out, x);
}

/* The end of a line is one more vector over the one before: groups stay aligned. */
static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	uint8x16x4_t const low = table(mime_b64_value);
	uint8x16x4_t const high = table(mime_b64_value + 64);
	size_t i;

	if (pitch < 64) return mime_b64_scalar.lines(in, pitch, step, count, out);
	for (i = 0; i < count; i++, in += step, out += pitch / 4 * 3) {
		uint8x16_t bad = vdupq_n_u8(0);
		size_t k;

		for (k = 0; k + 64 <= pitch; k += 64)
			decode64(in + k, out + k / 4 * 3, low, high, &bad);
		if (k < pitch)
			decode64(in + pitch - 64, out + (pitch - 64) / 4 * 3, low, high, &bad);
		if (vmaxvq_u8(bad) >= MIME_B64_PAD) break;
	}
	return i;
}

/* 48 bytes to 64 characters. */
static void
encode48(char const *in, char *out, uint8x16x4_t alphabet)
{
	uint8x16_t const six = vdupq_n_u8(63);
	uint8x16x3_t v = vld3q_u8((unsigned char const *)in);
	uint8x16x4_t c;

	c.val[0] = vshrq_n_u8(v.val[0], 2);
	c.val[1] = vandq_u8(vorrq_u8(vshlq_n_u8(v.val[0], 4), vshrq_n_u8(v.val[1], 4)), six);
	c.val[2] = vandq_u8(vorrq_u8(vshlq_n_u8(v.val[1], 2), vshrq_n_u8(v.val[2], 6)), six);
	c.val[3] = vandq_u8(v.val[2], six);
	c.val[0] = vqtbl4q_u8(alphabet, c.val[0]);
	c.val[1] = vqtbl4q_u8(alphabet, c.val[1]);
	c.val[2] = vqtbl4q_u8(alphabet, c.val[2]);
	c.val[3] = vqtbl4q_u8(alphabet, c.val[3]);
	vst4q_u8((unsigned char *)out, c);
}

/* The second vector of a line overlaps the first. */
static void
wrap(char const *in, size_t count, int crlf, char *out)
{
	uint8x16x4_t const alphabet = table((unsigned char const *)mime_b64_alphabet);

	for (; count > 0; count--, in += MIME_B64_RAW) {
		encode48(in, out, alphabet);
		encode48(in + 9, out + 12, alphabet);
		out = mime_b64_close(out, crlf);
	}
}

struct mime_b64_kernel const mime_b64_neon = { lines, wrap };
#endif
