/* base64: the plain, tolerant codec. b64lines.c has the fast one for whole lines. */

#include <string.h>

#include "mime/b64.h"

/* Below this much data the question which kernel to use costs more than the answer saves. */
#define WORTH 131072

static size_t
sextet(struct mime_b64 *d, unsigned int v, char *out)
{
	d->bits = d->bits << 6 | v;
	d->pads = 0;
	if (++d->held < 4) return 0;
	out[0] = (char)(d->bits >> 16);
	out[1] = (char)(d->bits >> 8);
	out[2] = (char)d->bits;
	d->held = 0;
	return 3;
}

/* What a group of 2 or 3 characters still yields. */
static size_t
short_group(struct mime_b64 *d, char *out)
{
	unsigned int held = d->held;

	d->held = 0;
	if (held == 1) d->codes |= (mime_codes)1 << MIME_B64_SHORT;
	if (held < 2) return 0;
	out[0] = (char)(d->bits >> (held == 2 ? 4 : 10));
	if (held == 3) out[1] = (char)(d->bits >> 2);
	return held - 1;
}

static size_t
pad(struct mime_b64 *d, char *out)
{
	unsigned int held = d->held;

	if (held == 0) {
		if (d->pads > 0)
			d->pads--;
		else
			d->junk++;
		return 0;
	}
	d->pads = held == 2;
	return short_group(d, out);
}

static void
line_end(struct mime_b64 *d)
{
	if (d->line > 0) {
		if (d->first == 0) d->first = d->line;
		d->brief = d->line < d->first;
	} else if (!d->seen && d->brief) {
		d->strict = 1;
	}
	d->line = 0;
	d->seen = 0;
}

/* A line after the data: clean base64 counts, anything else is a trailer. */
static size_t
strict_line(struct mime_b64 *d, char *out)
{
	size_t n = d->kept;
	size_t clean = 0;
	size_t w = 0;
	size_t i;

	d->kept = 0;
	while (n > 0 && n <= MIME_B64_KEEP
	    && mime_b64_value[(unsigned char)d->keep[n - 1]] == MIME_B64_BLANK)
		n--;
	if (n == 0) return 0;
	if (n <= MIME_B64_KEEP) {
		while (clean < n && mime_b64_value[(unsigned char)d->keep[clean]] < MIME_B64_PAD)
			clean++;
		while (clean < n && n - clean <= 2 && d->keep[clean] == '=') clean++;
	}
	if (clean < n || n % 4 != 0) {
		d->codes |= (mime_codes)1 << MIME_B64_TRAILER;
		return 0;
	}
	for (i = 0; i < n; i++) {
		unsigned int v = mime_b64_value[(unsigned char)d->keep[i]];

		if (v < MIME_B64_PAD) d->chars++;
		w += v == MIME_B64_PAD ? pad(d, out + w) : sextet(d, v, out + w);
	}
	return w;
}

static size_t
strict_byte(struct mime_b64 *d, char c, char *out)
{
	if (c == '\n') return strict_line(d, out);
	if (d->kept < MIME_B64_KEEP)
		d->keep[d->kept++] = c;
	else
		d->kept = MIME_B64_KEEP + 1;
	return 0;
}

static size_t
plain_byte(struct mime_b64 *d, char c, char *out)
{
	unsigned int v = mime_b64_value[(unsigned char)c];

	if (v < MIME_B64_PAD) {
		d->line++;
		d->chars++;
		d->seen = 1;
		return sextet(d, v, out);
	}
	if (v == MIME_B64_BLANK) return 0;
	if (v == MIME_B64_EOL) {
		line_end(d);
		return 0;
	}
	d->seen = 1;
	if (v == MIME_B64_PAD) return pad(d, out);
	d->junk++;
	return 0;
}

/* Whole clean lines as long as the first one, if that is where we are. */
static size_t
whole_lines(struct mime_b64 *d, char const *in, size_t n, char *out, size_t *used)
{
	size_t w;

	*used = 0;
	if (d->strict || d->held || d->line || d->seen || d->first < 16 || d->first % 4
	    || d->first > n)
		return 0;
	if (d->cpu == MIME_CPU_UNKNOWN && d->chars > WORTH) d->cpu = mime_cpu_find();
	w = mime_b64_lines(d->cpu, in, n, (size_t)d->first, out, used);
	if (*used) {
		d->chars += w / 3 * 4;
		d->brief = 0;
		d->pads = 0;
	}
	return w;
}

size_t
mime_b64_decode(struct mime_b64 *d, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;
	int bol = 1;

	while (i < n) {
		size_t used = 0;

		if (bol) w += whole_lines(d, in + i, n - i, out + w, &used);
		i += used;
		bol = 0;
		while (i < n && !bol) {
			bol = in[i] == '\n';
			w += d->strict ? strict_byte(d, in[i], out + w)
			               : plain_byte(d, in[i], out + w);
			i++;
		}
	}
	return w;
}

int
mime_b64_inside(struct mime_b64 const *d)
{
	return d->held > 0;
}

size_t
mime_b64_finish(struct mime_b64 *d, char *out)
{
	size_t w = 0;

	if (d->strict) w = strict_line(d, out);
	w += short_group(d, out + w);
	if (d->junk) d->codes |= (mime_codes)1 << MIME_B64_JUNK;
	return w;
}

size_t
mime_b64_flat(char const *in, size_t n, char *out)
{
	char const *a = mime_b64_alphabet;
	size_t w = 0;
	size_t i;

	for (i = 0; i + 2 < n; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)in[i] << 16
		    | (uint32_t)(unsigned char)in[i + 1] << 8 | (unsigned char)in[i + 2];

		out[w++] = a[v >> 18];
		out[w++] = a[v >> 12 & 63];
		out[w++] = a[v >> 6 & 63];
		out[w++] = a[v & 63];
	}
	if (i < n) {
		uint32_t v = (uint32_t)(unsigned char)in[i] << 16
		    | (i + 1 < n ? (uint32_t)(unsigned char)in[i + 1] << 8 : 0);

		out[w++] = a[v >> 18];
		out[w++] = a[v >> 12 & 63];
		out[w++] = '=';
		if (i + 1 < n) out[w - 1] = a[v >> 6 & 63];
		out[w++] = '=';
	}
	return w;
}

size_t
mime_b64_encode(enum mime_cpu cpu, char const *in, size_t n, char *out)
{
	size_t used;
	size_t w = mime_b64_wrap(cpu, in, n, out, &used);

	while (used < n) {
		size_t k = n - used < MIME_B64_RAW ? n - used : MIME_B64_RAW;

		w += mime_b64_flat(in + used, k, out + w);
		out[w++] = '\n';
		used += k;
	}
	return w;
}
