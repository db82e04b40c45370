/* Replies of a server: the same however they are cut, and never more than they may be. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "smtp/answer.h"

enum { KEPT = 64 };

/* What a run over the input gave: the codes, then how it ended. */
struct run {
	unsigned int codes[KEPT];
	size_t answers, at;
	enum answer_end end;
	struct outcome last;
};

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

static void
check(struct answer const *a, enum answer_end end)
{
	size_t i;

	if (a->lines > ANSWER_LINES + 1 || (end == ANSWER_BAD) != (a->why != NULL)) abort();
	if (end != ANSWER_WHOLE && end != ANSWER_ON) return;
	if (a->said.code < 200 || a->said.code > 599) abort();
	if (a->said.enhanced[0] != (char)('0' + a->said.code / 100)) abort();
	if (a->said.enhanced[strspn(a->said.enhanced, "0123456789.")] != 0) abort();
	for (i = 0; a->said.text[i]; i++)
		if (a->said.text[i] < 0x20 || a->said.text[i] > 0x7e) abort();
	if (i >= ANSWER_LINE || strlen(a->line) >= ANSWER_LINE
	    || memchr(a->line, '\n', strlen(a->line)))
		abort();
}

static void
run(struct run *r, char const *in, size_t n, size_t cut)
{
	struct answer a = { 0 };

	memset(r, 0, sizeof *r);
	while (r->at < n && r->end != ANSWER_BAD) {
		size_t len = 1 + (r->at * 7 + cut) % cut;
		size_t used;

		if (len > n - r->at) len = n - r->at;
		r->end = answer_feed(&a, in + r->at, len, &used);
		if (used > len || (r->end == ANSWER_MORE && used != len)) abort();
		check(&a, r->end);
		r->at += used;
		if (r->end != ANSWER_WHOLE) continue;
		if (r->answers < KEPT) r->codes[r->answers] = a.said.code;
		r->answers++;
		r->last = a.said;
	}
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static struct run whole, cut;
	size_t size;

	if (n > 65536) return 0;
	run(&whole, (char const *)bytes, n, n + 1);
	for (size = 1; size < 40; size += 3) {
		run(&cut, (char const *)bytes, n, size);
		if (cut.end != whole.end || cut.answers != whole.answers) abort();
		if (memcmp(cut.codes, whole.codes, sizeof cut.codes) != 0) abort();
		if (memcmp(&cut.last, &whole.last, sizeof cut.last) != 0) abort();
	}
	return 0;
}
