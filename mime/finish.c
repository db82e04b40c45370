/* The ends of streams: what is decoded ends before what follows it is read. */

#include "mime/body.h"
#include "mime/header.h"
#include "mime/layer.h"

/* The end of the highest stream: one step towards it; 0 when it is reached. */
static int
end_step(struct mime_parser *p)
{
	enum mime_state before = p->state;

	switch (before) {
	case MIME_STATE_SNIFF: mime_sniff_end(p); break;
	case MIME_STATE_LAZY: mime_lazy_end(p); break;
	case MIME_STATE_BODY: mime_body_end(p); break;
	case MIME_STATE_CODED: mime_coded_end(p); break;
	case MIME_STATE_GUESS: mime_guess_end(p); break;
	case MIME_STATE_FIELD:
	case MIME_STATE_JUNK: mime_header_end(p); break;
	}
	return p->state != before || (before != MIME_STATE_BODY && before != MIME_STATE_LAZY);
}

/* The highest stream that waits for those above it; -1 is the input, when it has ended. */
static int
waiting(struct mime_parser const *p)
{
	int k = (int)p->top;

	while (k >= 0 && !p->layers[k].ending) k--;
	return k;
}

/* All that was decoded from it has ended: the delimiter counts now. */
static void
delimiter(struct mime_parser *p)
{
	struct mime_layer *l = p->layer;
	struct mime_delimiter d = l->final;

	l->ending = 0;
	mime_body_delimiter(p, &d, l->held, l->heldlen);
}

/* Stream j gets its last bytes from the one below it; if that is not k, it ends by itself. */
static void
feed(struct mime_parser *p, int j, int k)
{
	struct mime_layer *below = p->layers + j - 1;

	if (j - 1 == k || below->over) {
		mime_layer_fed(p, (unsigned int)j);
		return;
	}
	below->over = 1;
	p->layer = below;
	mime_body_end(p);
}

int
mime_finish(struct mime_parser *p)
{
	int top = (int)p->top;
	int k = waiting(p);
	int j = k + 1;

	if (k < 0 && !p->eof) return 0;
	if (k == top) {
		delimiter(p);
		return 1;
	}
	while (j <= top && p->layers[j].fed) j++;
	if (j <= top) {
		feed(p, j, k);
		return 1;
	}
	if (end_step(p)) return 1;
	if (top == 0) return 0;
	mime_layer_close(p);
	return 1;
}
