/* Maildir++ quotas: the first line of maildirsize. */

#include <stddef.h>
#include <stdint.h>

#include <skalibs/uint64.h>

#include "maildir/quota.h"
#include "maildir/tally.h"

enum { DIGITS = 18 };

/* One item; returns its length, 0 if it is none, or one that was there before. */
static size_t
item(struct quota *q, unsigned int *seen, char const *s, size_t n)
{
	uint64_t u = 0;
	size_t i;

	for (i = 0; i < n && i < DIGITS && s[i] >= '0' && s[i] <= '9'; i++)
		u = u * 10 + (uint64_t)(s[i] - '0');
	if (i == 0 || i == n || (s[i] != 'S' && s[i] != 'C')) return 0;
	if (*seen & (s[i] == 'S' ? 1U : 2U)) return 0;
	*seen |= s[i] == 'S' ? 1U : 2U;
	*(s[i] == 'S' ? &q->bytes : &q->count) = u;
	return i + 1;
}

int
quota_scan(struct quota *q, char const *s, size_t n)
{
	unsigned int seen = 0;
	size_t at = 0;

	*q = (struct quota){ 0 };
	for (;;) {
		size_t w = item(q, &seen, s + at, n - at);

		if (w == 0) return 0;
		at += w;
		if (at == n) return 1;
		if (s[at++] != ',') return 0;
	}
}

size_t
quota_fmt(char s[QUOTA_FMT], struct quota const *q)
{
	size_t n = 0;

	if (q->bytes > 0 || q->count == 0) {
		n += uint64_fmt(s, q->bytes);
		s[n++] = 'S';
	}
	if (q->count > 0) {
		if (n > 0) s[n++] = ',';
		n += uint64_fmt(s + n, q->count);
		s[n++] = 'C';
	}
	s[n] = 0;
	return n;
}

int
quota_same(struct quota const *a, struct quota const *b)
{
	return a->bytes == b->bytes && a->count == b->count;
}

int
quota_over(struct quota const *q, struct tally const *used, uint64_t size)
{
	if (q->count > 0 && used->count >= q->count) return 1;
	return q->bytes > 0 && (size > q->bytes || used->bytes > q->bytes - size);
}
