/* CRLF to LF: RFC 3030 2, where the line ends of a message may fall between chunks. */

#include "smtp/crlf.h"

size_t
crlf_finish(struct crlf *c, char *out)
{
	if (!c->cr) return 0;
	c->cr = 0;
	c->bare = 1;
	*out = '\r';
	return 1;
}

size_t
crlf_decode(struct crlf *c, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (in[i] == '\n') {
			if (!c->cr) c->bare = 1;
			c->cr = 0;
		} else
			w += crlf_finish(c, out + w);
		if (in[i] == '\r')
			c->cr = 1;
		else
			out[w++] = in[i];
	}
	return w;
}
