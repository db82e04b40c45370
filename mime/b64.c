/* base64: the tolerant decoder. Whole clean lines go to a kernel. */

#include "mime/b64.h"
#include "mime/b64kernel.h"

/* Characters a kernel is given at once where lines have no regular length. */
#define RUN 64

/* Lines looked at before the kernel is: were all of them, bad ones would cost their square. */
#define AHEAD 64

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

	d->padded = 1;
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
		d->brief = d->line < d->first || d->padded;
		d->last = d->line;
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
		d->padded = 0;
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

/* Of the lines at in, how many of pitch characters end as the first of them does. */
static size_t
alike(char const *in, size_t n, size_t pitch, size_t *step)
{
	size_t cr = in[pitch] == '\r';
	size_t count = 0;

	*step = pitch + cr + 1;
	while (count < AHEAD && n >= *step && in[*step - 1] == '\n' && (!cr || in[pitch] == '\r')) {
		in += *step;
		n -= *step;
		count++;
	}
	return count;
}

/* At the start of a line: those that are whole, clean and as long as the one before. */
static size_t
whole_lines(
    struct mime_b64 *d, struct mime_b64_kernel const *k, char const *in, size_t n, char *out)
{
	size_t pitch = (size_t)d->last;
	size_t step;
	size_t count;

	if (d->line || pitch < MIME_B64_PITCH || pitch % 4 || n <= pitch) return 0;
	count = alike(in, n, pitch, &step);
	count = k->lines(in, pitch, step, count, out);
	if (count == 0) return 0;
	d->chars += count * pitch;
	d->pads = 0;
	d->padded = 0;
	d->brief = pitch < d->first;
	return count * step;
}

/* Clean characters from here on. */
static size_t
clean_run(struct mime_b64 *d, struct mime_b64_kernel const *k, char const *in, size_t n, char *out)
{
	size_t used = k->lines(in, RUN, RUN, n / RUN, out) * RUN;

	if (used == 0) return 0;
	d->chars += used;
	d->line += used;
	d->seen = 1;
	d->pads = 0;
	d->padded = 0;
	return used;
}

/* What a kernel can take from here; *w grows by what it wrote. Returns the bytes used. */
static size_t
quick(struct mime_b64 *d, char const *in, size_t n, char *out, size_t *w)
{
	struct mime_b64_kernel const *k;
	uint64_t before = d->chars;
	size_t used;

	if (!d->cpu || d->strict || d->held) return 0;
	k = mime_b64_kernel(mime_cpu_for(d->cpu, d->chars));
	used = whole_lines(d, k, in, n, out + *w);
	if (used == 0) used = clean_run(d, k, in, n, out + *w);
	*w += (size_t)(d->chars - before) / 4 * 3;
	return used;
}

size_t
mime_b64_decode(struct mime_b64 *d, char const *in, size_t n, char *out)
{
	size_t again = 0; /* where to try the kernel */
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		if (i >= again) {
			size_t used = quick(d, in + i, n - i, out, &w);

			i += used;
			if (used) continue;
			if (d->held == 0) again = i + RUN;
		}
		if (in[i] == '\n') again = i;
		w += d->strict ? strict_byte(d, in[i], out + w) : plain_byte(d, in[i], out + w);
		i++;
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
