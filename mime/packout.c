/* Where mime-pack's message goes. */

#include <string.h>

#include "mime/packout.h"

int
mime_packout_put(struct mime_packout *o, char const *s, size_t n)
{
	if (n == 0) return 1;
	o->bytes += n;
	o->cr = s[n - 1] == '\r';
	return o->counting || mime_sink_put(&o->sink, s, n);
}

/* What has CRLF already keeps it. */
int
mime_packout_text(struct mime_packout *o, char const *s, size_t n)
{
	char const *end = s + n;

	if (!o->crlf) return mime_packout_put(o, s, n);
	while (s < end) {
		char const *lf = memchr(s, '\n', (size_t)(end - s));
		char const *stop = lf ? lf : end;

		if (!mime_packout_put(o, s, (size_t)(stop - s))) return 0;
		if (!lf) break;
		if (!mime_packout_put(o, o->cr ? "\n" : "\r\n", o->cr ? 1 : 2)) return 0;
		s = lf + 1;
	}
	return 1;
}

int
mime_packout_end(struct mime_packout *o)
{
	return mime_sink_end(&o->sink);
}
