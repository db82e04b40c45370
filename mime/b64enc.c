/* base64: the encoder. Whole lines go to a kernel. */

#include <string.h>

#include "mime/b64.h"
#include "mime/b64kernel.h"

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

static size_t
whole_lines(struct mime_b64_enc *e, char const *in, size_t count, char *out)
{
	mime_b64_kernel(mime_cpu_for(e->cpu, e->bytes))->wrap(in, count, e->crlf, out);
	return count * (size_t)(MIME_B64_COLUMNS + 1 + e->crlf);
}

size_t
mime_b64_encode(struct mime_b64_enc *e, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t k = e->held ? MIME_B64_RAW - e->held : 0;

	e->bytes += n;
	if (k > n) k = n;
	memcpy(e->hold + e->held, in, k);
	e->held += k;
	if (e->held == MIME_B64_RAW) {
		w = whole_lines(e, e->hold, 1, out);
		e->held = 0;
	}
	if (e->held) return w;
	in += k;
	n -= k;
	w += whole_lines(e, in, n / MIME_B64_RAW, out + w);
	e->held = n % MIME_B64_RAW;
	memcpy(e->hold, in + n - e->held, e->held);
	return w;
}

size_t
mime_b64_encode_end(struct mime_b64_enc *e, char *out)
{
	size_t w;

	if (e->held == 0) return 0;
	w = mime_b64_flat(e->hold, e->held, out);
	e->held = 0;
	if (e->crlf) out[w++] = '\r';
	out[w++] = '\n';
	return w;
}
