/* End of mail data and transparency: RFC 5321 4.1.1.4 and 4.5.2. */

#include <string.h>

#include "smtp/dot.h"

/*
 *  state  |  CR          LF          '.'        other
 *  -------+---------------------------------------------
 *  BOL    |  CR          MID put     DOT        MID put
 *  DOT    |  DOTCR       MID put     MID put    MID put
 *  DOTCR  |  CR put CR   END         MID put CR and it
 *  MID    |  CR          MID put     MID put    MID put
 *  CR     |  CR put CR   BOL put LF  MID put CR and it
 *
 * DOTCR followed by anything but LF was data: its dot is gone, its CR is not.
 */
static enum dot_state
plain(struct dot *d, char c, char *out, size_t *w)
{
	if (c == '\r') return DOT_CR;
	if (c == '\n') d->bare = 1;
	out[(*w)++] = c;
	return DOT_MID;
}

static enum dot_state
after_cr(struct dot *d, char c, char *out, size_t *w)
{
	d->bare = 1;
	out[(*w)++] = '\r';
	if (c == '\r') return DOT_CR;
	out[(*w)++] = c;
	return DOT_MID;
}

static enum dot_state
step(struct dot *d, char c, char *out, size_t *w)
{
	switch (d->state) {
	case DOT_BOL: return c == '.' ? DOT_DOT : plain(d, c, out, w);
	case DOT_DOT: return c == '\r' ? DOT_DOTCR : plain(d, c, out, w);
	case DOT_DOTCR: return c == '\n' ? DOT_END : after_cr(d, c, out, w);
	case DOT_MID: return plain(d, c, out, w);
	case DOT_CR:
		if (c != '\n') return after_cr(d, c, out, w);
		d->octets++;
		out[(*w)++] = '\n';
		return DOT_BOL;
	case DOT_END: break;
	}
	return DOT_END;
}

typedef unsigned char block __attribute__((vector_size(16)));

static int
holds_end(block const *v)
{
	block m = (block)((*v == '\r') | (*v == '\n'));
	uint64_t half[2];

	memcpy(half, &m, sizeof m);
	return (half[0] | half[1]) != 0;
}

/*
 * Inside a line all up to the next CR or LF goes as it is: copied and searched
 * in one pass, 16 bytes at a time. musl's memchr goes byte by byte, and two
 * searches and a copy take twice as long with glibc's too.
 */
static size_t
run(char const *in, size_t n, char *out)
{
	size_t i = 0;

	for (; i + sizeof(block) <= n; i += sizeof(block)) {
		block v;

		memcpy(&v, in + i, sizeof v);
		memcpy(out + i, &v, sizeof v);
		if (holds_end(&v)) break;
	}
	for (; i < n && in[i] != '\r' && in[i] != '\n'; i++) out[i] = in[i];
	return i;
}

size_t
dot_decode(struct dot *d, char const *in, size_t n, char *out, size_t *w)
{
	size_t i = 0;

	*w = 0;
	while (i < n && d->state != DOT_END) {
		size_t len = d->state == DOT_MID ? run(in + i, n - i, out + *w) : 0;

		*w += len;
		i += len;
		if (i < n) d->state = step(d, in[i++], out, w);
	}
	d->octets += *w;
	return i;
}
