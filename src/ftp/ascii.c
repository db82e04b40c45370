/* Line ends: RFC 959 3.1.1.1. Runs between them are copied whole. */

#include <string.h>

#include "ftp/ascii.h"

size_t
ascii_encode(int *cr, char const *in, size_t n, char *out)
{
	char const *end = in + n;
	size_t w = 0;

	while (in < end) {
		char const *lf = memchr(in, '\n', (size_t)(end - in));
		size_t run = (size_t)((lf ? lf : end) - in);

		memcpy(out + w, in, run);
		w += run;
		if (run) *cr = in[run - 1] == '\r';
		in += run;
		if (!lf) break;
		if (!*cr) out[w++] = '\r';
		out[w++] = '\n';
		*cr = 0;
		in++;
	}
	return w;
}

size_t
ascii_decode(int *cr, char const *in, size_t n, char *out)
{
	char const *end = in + n;
	size_t w = 0;

	while (in < end) {
		char const *next;
		size_t run;

		if (*cr && *in != '\n') out[w++] = '\r';
		*cr = 0;
		next = memchr(in, '\r', (size_t)(end - in));
		run = (size_t)((next ? next : end) - in);
		memcpy(out + w, in, run);
		w += run;
		in += run;
		if (!next) break;
		*cr = 1;
		in++;
	}
	return w;
}
