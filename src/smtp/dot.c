/* End of mail data and transparency: RFC 5321 4.1.1.4 and 4.5.2. */

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
 * With d->crlf the CR of a line end is put as well.
 */
static enum dot_state
plain(struct dot *d, char c, char *out, size_t *w)
{
	d->octets++;
	if (c == '\r') return DOT_CR;
	if (c == '\n') d->bare = 1;
	out[(*w)++] = c;
	return DOT_MID;
}

static enum dot_state
after_cr(struct dot *d, char c, char *out, size_t *w)
{
	d->octets++;
	d->bare = 1;
	out[(*w)++] = '\r';
	if (c == '\r') return DOT_CR;
	out[(*w)++] = c;
	return DOT_MID;
}

static enum dot_state
after_line(struct dot *d, char *out, size_t *w)
{
	d->octets++;
	if (d->crlf) out[(*w)++] = '\r';
	out[(*w)++] = '\n';
	return DOT_BOL;
}

static enum dot_state
step(struct dot *d, char c, char *out, size_t *w)
{
	switch (d->state) {
	case DOT_BOL: return c == '.' && !d->counted ? DOT_DOT : plain(d, c, out, w);
	case DOT_DOT: return c == '\r' ? DOT_DOTCR : plain(d, c, out, w);
	case DOT_DOTCR:
		if (c == '\n') return DOT_END;
		d->octets++;
		return after_cr(d, c, out, w);
	case DOT_MID: return plain(d, c, out, w);
	case DOT_CR: return c == '\n' ? after_line(d, out, w) : after_cr(d, c, out, w);
	case DOT_END: break;
	}
	return DOT_END;
}

size_t
dot_bytes(struct dot *d, char const *in, size_t n, char *out, size_t *w)
{
	size_t i;

	*w = 0;
	for (i = 0; i < n && d->state != DOT_END; i++) d->state = step(d, in[i], out, w);
	return i;
}

size_t
dot_finish(struct dot *d, char *out)
{
	if (d->state != DOT_CR) return 0;
	d->state = DOT_MID;
	d->bare = 1;
	*out = '\r';
	return 1;
}
