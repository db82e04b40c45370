/* FTP_RATE_UP and FTP_RATE_DOWN. */

#include "ftp/throttle.h"

enum { LONGEST = 10000 /* milliseconds that are counted at most */ };

size_t
throttle_most(struct throttle const *t, size_t n)
{
	return t->rate && t->tokens < n ? (size_t)t->tokens : n;
}

void
throttle_spend(struct throttle *t, size_t n)
{
	if (t->rate) t->tokens -= n;
}

/* filled moves on by what the new tokens stand for: fractions of one are kept. */
static void
add(struct throttle *t, uint64_t ms)
{
	uint64_t most = t->rate * THROTTLE_SLICE * THROTTLE_SLICES / 1000 + 1;
	uint64_t more = t->rate * (ms < LONGEST ? ms : LONGEST) / 1000;
	tain worth;

	tain_from_millisecs(&worth, (int)((more * 1000 + t->rate - 1) / t->rate));
	tain_add(&t->filled, &t->filled, &worth);
	t->tokens += more;
	if (t->tokens < most) return;
	t->tokens = most;
	t->filled = STAMP;
}

/* In milliseconds; then may lie ahead by what was rounded up, or weeks ago. */
static int
since(tain const *then)
{
	tain d;
	int ms;

	if (tain_future(then)) return 0;
	tain_sub(&d, &STAMP, then);
	ms = tain_to_millisecs(&d);
	return ms < 0 ? LONGEST : ms;
}

int
throttle_fill(struct throttle *t, tain *until)
{
	int ms;

	if (!t->rate) return 1;
	ms = since(&t->filled);
	if (ms >= THROTTLE_SLICE) add(t, (uint64_t)ms);
	if (t->tokens) return 1;
	tain_from_millisecs(until, ms < THROTTLE_SLICE ? THROTTLE_SLICE - ms : THROTTLE_SLICE);
	tain_add_g(until, until);
	return 0;
}

void
throttle_begin(struct throttle *t, uint64_t rate)
{
	uint64_t slice = rate * THROTTLE_SLICE / 1000;
	tain until;

	if (!t->rate) {
		t->rate = rate;
		t->tokens = slice;
		t->filled = STAMP;
	}
	(void)throttle_fill(t, &until);
	if (t->tokens > slice) t->tokens = slice;
}
