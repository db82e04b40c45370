/* Encoded containers: a stream of bytes decoded from a body, parsed like the input. RFC 2045 6.4. */

#include <stddef.h>
#include <string.h>

#include "mime/body.h"
#include "mime/layer.h"

void
mime_layer_start(struct mime_parser *p, unsigned int i)
{
	struct mime_layer *l = p->layers + i;

	memset(l, 0, offsetof(struct mime_layer, held));
	l->held = p->lines + i * (size_t)MIME_LINE;
	if (i > 0) l->chunk = p->chunks + (i - 1) * (size_t)MIME_CHUNK;
	l->end = '\n';
	p->top = i;
	p->layer = l;
}

int
mime_layer_fits(struct mime_parser const *p)
{
	/* Bytes to be read again are of the highest stream, and must stay so. */
	return p->top < MIME_LAYERS && p->next == p->queued && p->backlen == 0;
}

void
mime_layer_open(struct mime_parser *p)
{
	struct mime_layer *below = p->layer;
	uint64_t origin = mime_parser_place(p, below->offset);

	mime_decoder_init(&below->decoder, p->part->cte, MIME_EOL_KEEP, below->end, &p->cpu);
	below->over = 0;
	below->bol = 1;
	below->heldlen = 0;
	below->pendlen = 0;
	mime_layer_start(p, p->top + 1);
	p->layer->origin = origin;
	p->layer->base = p->depth - 1;
}

static void
put(struct mime_layer *l, char const *s, size_t n)
{
	if (l->next == l->chunked) l->next = l->chunked = 0;
	memcpy(l->chunk + l->chunked, s, n);
	l->chunked += n;
}

void
mime_layer_decode(struct mime_parser *p, char const *s, size_t n)
{
	char const *decoded;
	size_t w = mime_decode(&p->layer->decoder, s, n, p->scratch, &decoded);

	put(p->layer + 1, decoded, w);
}

void
mime_layer_fed(struct mime_parser *p, unsigned int i)
{
	struct mime_layer *l = p->layers + i;
	struct mime_decoder *d = &l[-1].decoder;

	put(l, p->scratch, mime_decode_end(d, p->scratch));
	l->codes = mime_decoder_codes(d, &l->damage);
	l->fed = 1;
}

void
mime_layer_report(struct mime_parser *p)
{
	struct mime_layer const *l = p->layer;
	unsigned int i;

	for (i = 0; l->codes >> i; i++)
		if (l->codes >> i & 1)
			mime_parser_warn(
			    p, (enum mime_code)i, l->damage >> i & 1 ? MIME_DAMAGE : MIME_NOTICE);
}

void
mime_layer_close(struct mime_parser *p)
{
	mime_frame_pop(p, p->layer->base);
	p->top--;
	p->layer = p->layers + p->top;
	p->state = MIME_STATE_BODY;
}
