/*
 * Sixteen bytes at a time: byte by byte, a large message would take as long to
 * count as to write.
 */

#include <string.h>

#include "lib/measure.h"

enum { LANES = 16, ROUNDS = 255 /* a lane counts that far without wrapping */ };

typedef unsigned char lanes __attribute__((vector_size(LANES)));

static lanes
load(char const *s)
{
	lanes v;

	memcpy(&v, s, sizeof v);
	return v;
}

static uint64_t
sum(lanes v)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < LANES; i++) n += v[i];
	return n;
}

/* s[0..LANES * rounds), s[-1] being readable; rounds <= ROUNDS. */
static void
block(struct measure *m, char const *s, size_t rounds)
{
	lanes lf = { 0 }, cr = { 0 }, crlf = { 0 }, all = { 0 };
	size_t i;

	for (; rounds > 0; rounds--, s += LANES) {
		lanes v = load(s);
		lanes ends = (lanes)(v == '\n');

		all |= v;
		lf -= ends;
		cr -= (lanes)(v == '\r');
		crlf -= ends & (lanes)(load(s - 1) == '\r');
	}
	m->lf += sum(lf);
	m->cr += sum(cr);
	m->crlf += sum(crlf);
	for (i = 0; i < LANES; i++) m->eight |= all[i] > 0x7f;
}

static void
one(struct measure *m, char before, char c)
{
	m->lf += c == '\n';
	m->cr += c == '\r';
	m->crlf += c == '\n' && before == '\r';
	m->eight |= (unsigned char)c > 0x7f;
}

void
measure_add(struct measure *m, char const *s, size_t n)
{
	size_t i = 1;

	if (n == 0) return;
	one(m, m->last, s[0]);
	while (n - i >= LANES) {
		size_t rounds = (n - i) / LANES;

		if (rounds > ROUNDS) rounds = ROUNDS;
		block(m, s + i, rounds);
		i += rounds * LANES;
	}
	for (; i < n; i++) one(m, s[i - 1], s[i]);
	m->size += n;
	m->last = s[n - 1];
}

int
measure_bare_cr(struct measure const *m)
{
	return m->cr != m->crlf;
}

int
measure_bare_lf(struct measure const *m)
{
	return m->lf != m->crlf;
}

uint64_t
measure_wire(struct measure const *m)
{
	return m->size + m->lf - m->crlf;
}

uint64_t
measure_octets(struct measure const *m)
{
	uint64_t n = measure_wire(m);

	return m->size && m->last != '\n' ? n + 2 : n;
}
