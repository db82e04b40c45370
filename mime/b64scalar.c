/* base64 in whole clean lines, one group after the other. */

#include "mime/b64.h"
#include "mime/b64kernel.h"

static int
line(char const *in, size_t pitch, char *out)
{
	unsigned int bad = 0;
	size_t i;

	for (i = 0; i < pitch; i += 4) {
		unsigned int a = mime_b64_value[(unsigned char)in[i]];
		unsigned int b = mime_b64_value[(unsigned char)in[i + 1]];
		unsigned int c = mime_b64_value[(unsigned char)in[i + 2]];
		unsigned int d = mime_b64_value[(unsigned char)in[i + 3]];
		unsigned int v = a << 18 | b << 12 | c << 6 | d;

		bad |= a | b | c | d;
		*out++ = (char)(v >> 16);
		*out++ = (char)(v >> 8);
		*out++ = (char)v;
	}
	return bad < MIME_B64_PAD;
}

static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!line(in + i * step, pitch, out + i * (pitch / 4 * 3))) break;
	return i;
}

void
mime_b64_wrap(char const *in, size_t count, int crlf, char *out)
{
	for (; count > 0; count--, in += MIME_B64_RAW) {
		mime_b64_flat(in, MIME_B64_RAW, out);
		out = mime_b64_close(out, crlf);
	}
}

char *
mime_b64_close(char *line, int crlf)
{
	line += MIME_B64_COLUMNS;
	if (crlf) *line++ = '\r';
	*line++ = '\n';
	return line;
}

struct mime_b64_kernel const mime_b64_scalar = { lines, mime_b64_wrap };
