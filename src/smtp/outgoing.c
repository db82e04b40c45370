/* Mail data to a server: after 354 with its dots, or in chunks. RFC 5321 4.1.1.4, RFC 3030. */

#include <errno.h>
#include <string.h>

#include <skalibs/types.h>

#include "smtp/fates.h"
#include "smtp/sending.h"
#include "smtp/stuff.h"

enum { PIECE = 65536, DOTTED = 2 * PIECE /* written at once */, CHUNK = 512 * 1024 };

enum outgoing {
	OUT_MORE,
	OUT_LAST, /* all of the message is in the block */
	OUT_CUT,  /* it could not be read: errno */
	OUT_BARE, /* it holds what cannot be sent */
	OUT_EIGHT /* it turned out to be 8-bit, which the server does not take */
};

/* What is ready for the wire. */
struct block {
	struct stuff stuff;
	size_t want; /* fill up to here, or a piece beyond, or as far as a stream has come */
	size_t n;
	char out[CHUNK + 2 * PIECE + 8];
};

static int
too_eight(struct sending const *s)
{
	return s->letter.measure.eight && !s->offer.eightbit && !s->request.eight;
}

static enum outgoing
fill(struct sending *s, struct block *b)
{
	static char piece[PIECE];
	unsigned int secs = s->request.secs ? s->request.secs : BLOCK_SECS;
	size_t n;

	while (b->n < b->want) {
		/* A slow stream does not let the server wait; of chunks it may count the small ones. */
		if (b->n && b->stuff.dots && !letter_ready(&s->letter)) break;
		if (!letter_read(&s->letter, piece, sizeof piece, secs, &n)) return OUT_CUT;
		if (too_eight(s)) return OUT_EIGHT;
		b->n += n ? stuff_encode(&b->stuff, piece, n, b->out + b->n)
		          : stuff_end(&b->stuff, b->out + b->n);
		if (b->stuff.state == STUFF_BAD) return OUT_BARE;
		if (!n) return OUT_LAST;
	}
	return OUT_MORE;
}

/* The message is no good: the end of it is never said. */
static void
break_off(struct sending *s, enum outgoing why)
{
	struct fate const *f = why == OUT_BARE ? &f_bare : why == OUT_EIGHT ? &f_eight : &f_cut;

	s->open = 0;
	sending_give_up(s, f, why == OUT_CUT ? strerror(errno) : NULL);
}

/*
 * The server spoke, or went, in the middle; owed is how many chunks it has not
 * yet answered. A refusal counts for those who were accepted; that it has taken
 * what it has not yet seen is not believed. After that it is out of step.
 */
static void
interrupted(struct sending *s, size_t owed)
{
	struct outcome const *o;
	struct outcome early;

	do o = client_hear(&s->client, QUIT_SECS);
	while (o && o->code / 100 == 2 && owed--);
	s->open = 0;
	if (!o || o->code == 421) {
		sending_fail(s, o);
		return;
	}
	outcome_fate(&early, &f_early, o->text);
	addressee_settle(&s->to, ADDRESSEE_ACCEPTED, o->code / 100 >= 4 ? o : &early);
	sending_give_up(s, &f_gone, s->phase);
}

/*
 * LMTP has one answer for each who was accepted, in their order: RFC 2033 4.2. Behind
 * 421 for one the others may still have theirs, and be accepted.
 */
static void
final_answers(struct sending *s)
{
	struct outcome closing;
	size_t i;

	s->phase = "the end of the message";
	for (i = 0; i < s->to.count; i++) {
		struct addressee *a = &s->to.one[i];
		struct outcome const *o;
		struct outcome space;

		if (a->state != ADDRESSEE_ACCEPTED) continue;
		o = client_hear(&s->client, DOT_SECS);
		if (!o && !s->open) break;
		if (!o || (o->code == 421 && !s->request.lmtp)) {
			sending_fail(s, o);
			return;
		}
		if (o->code == 421) {
			s->open = 0;
			closing = *o;
		}
		if (o->code / 100 != 2) o = sending_sense(s, o, &space);
		if (!s->request.lmtp) {
			addressee_settle(&s->to, ADDRESSEE_ACCEPTED, o);
			return;
		}
		a->outcome = *o;
		a->state = ADDRESSEE_SETTLED;
	}
	if (!s->open) addressee_settle_rest(&s->to, &closing);
}

static void
with_dots(struct sending *s, struct block *b)
{
	enum outgoing end;

	b->stuff.dots = 1;
	b->want = DOTTED;
	do {
		b->n = 0;
		end = fill(s, b);
		if (end > OUT_LAST) {
			break_off(s, end);
			return;
		}
		if (end == OUT_LAST) {
			memcpy(b->out + b->n, ".\r\n", 3);
			b->n += 3;
		}
		/* What came before the last byte was out is no answer to the end. */
		if (client_told(&s->client) || !client_send(&s->client, b->out, b->n, BLOCK_SECS)
		    || client_interrupted(&s->client)) {
			interrupted(s, 0);
			return;
		}
	} while (end == OUT_MORE);
	final_answers(s);
}

static void
put_bdat(struct sending *s, size_t n, int last)
{
	char size[SIZE_FMT];
	char const *const words[] = { "BDAT ", size, last ? " LAST" : "", NULL };

	size[size_fmt(size, n)] = 0;
	client_put(&s->client, words);
}

/* Answers to chunks: all that are owed, or those already there. 0 if one was no. */
static int
chunk_answers(struct sending *s, size_t *owed, int all)
{
	while (*owed && (all || client_told(&s->client))) {
		struct outcome const *o = client_hear(&s->client, DOT_SECS);
		struct outcome space;

		if (!o || o->code == 421) return sending_fail(s, o);
		--*owed;
		if (o->code / 100 == 2) continue;
		addressee_settle(&s->to, ADDRESSEE_ACCEPTED, sending_sense(s, o, &space));
		all = 1;
	}
	return addressee_count(&s->to, ADDRESSEE_ACCEPTED) > 0;
}

/*
 * What is said to the last chunk behind one that was refused: nothing new. How
 * many answers that is in LMTP nobody says.
 */
static void
forget_last(struct sending *s)
{
	struct outcome const *o =
	    s->open && !s->request.lmtp ? client_hear(&s->client, DOT_SECS) : NULL;

	if (!s->open || (o && o->code != 421)) return;
	s->open = 0;
	sending_give_up(s, &f_gone, s->phase);
}

enum chunk { CHUNK_MORE, CHUNK_REFUSED, CHUNK_LAST };

/* One chunk out of the block; what is too much for it stays. */
static enum chunk
chunk(struct sending *s, struct block *b, int last, size_t *owed)
{
	size_t n = b->n > CHUNK ? CHUNK : b->n;
	int final = last && n == b->n;

	put_bdat(s, n, final);
	if (!client_send(&s->client, b->out, n, BLOCK_SECS)
	    || (final && !*owed && client_interrupted(&s->client))) {
		interrupted(s, *owed);
		return CHUNK_LAST;
	}
	b->n -= n;
	memmove(b->out, b->out + n, b->n);
	if (!final) ++*owed;
	if (!chunk_answers(s, owed, final || !s->offer.pipelining)) {
		if (final) forget_last(s);
		return final ? CHUNK_LAST : CHUNK_REFUSED;
	}
	if (final) final_answers(s);
	return final ? CHUNK_LAST : CHUNK_MORE;
}

/* 1 if the end was said. */
static int
in_chunks(struct sending *s, struct block *b)
{
	enum chunk end;
	size_t owed = 0;

	b->want = CHUNK;
	do {
		enum outgoing next = b->n < CHUNK ? fill(s, b) : OUT_MORE;

		if (next > OUT_LAST) {
			break_off(s, next);
			return 0;
		}
		end = chunk(s, b, next == OUT_LAST, &owed);
	} while (end == CHUNK_MORE);
	return end == CHUNK_LAST;
}

int
sending_data(struct sending *s, int chunked)
{
	static struct block b;

	b.stuff = (struct stuff){ .strict = s->request.strict };
	b.n = 0;
	s->phase = "the message";
	if (chunked) return in_chunks(s, &b);
	with_dots(s, &b);
	return 1;
}
