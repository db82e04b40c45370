/*
 * The W= of a name: RFC822.SIZE as IMAP reports it, every line ending being
 * CRLF. Sixteen bytes at a time: byte by byte, a large message would take as
 * long to count as to write.
 */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "maildir/wire.h"

enum { LANES = 16, ROUNDS = 255 /* a lane counts that far without wrapping */ };

typedef unsigned char lanes __attribute__((vector_size(LANES)));

static lanes
load(char const *s)
{
	lanes v;

	memcpy(&v, s, sizeof v);
	return v;
}

/* Bare LFs in s[0..LANES * rounds), s[-1] being readable; rounds <= ROUNDS. */
static uint64_t
block(char const *s, size_t rounds)
{
	lanes sum = { 0 };
	uint64_t n = 0;
	size_t i;

	for (; rounds > 0; rounds--, s += LANES)
		sum -= (lanes)((load(s) == '\n') & (load(s - 1) != '\r'));
	for (i = 0; i < LANES; i++) n += sum[i];
	return n;
}

void
wire_count(struct wire *w, char const *s, size_t n)
{
	size_t i = 1;

	if (n == 0) return;
	w->size += n;
	w->bare += s[0] == '\n' && w->last != '\r';
	w->last = s[n - 1];
	while (n - i >= LANES) {
		size_t rounds = (n - i) / LANES;

		if (rounds > ROUNDS) rounds = ROUNDS;
		w->bare += block(s + i, rounds);
		i += rounds * LANES;
	}
	for (; i < n; i++) w->bare += s[i] == '\n' && s[i - 1] != '\r';
}
