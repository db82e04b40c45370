/* Lines that are too long, found without looking at every byte. RFC 5322 section 2.1.1. */

#include "mime/longline.h"

/*
 * From its start to its end, which may be CR and LF, a line has no more bytes. So
 * one of that many is a line end: which one does not matter, the last is near.
 */
#define WINDOW ((size_t)MIME_LONGLINE + 2)

/* One past the last line end among the n bytes at s; 0 if there is none. */
static size_t
after_last(char const *s, size_t n, char end)
{
	while (n > 0 && s[n - 1] != end) n--;
	return n;
}

/* The same, looked for first where it is if all lines have the length of the last one. */
static size_t
guess_last(struct mime_longline *l, char const *s, size_t n, char end)
{
	size_t k = l->n == 0 && l->pitch > 0 ? n - n % l->pitch : 0;

	if (k > 0 && s[k - 1] == end) return k;
	k = after_last(s, n, end);
	if (k > 1) l->pitch = k - after_last(s, k - 1, end);
	return k;
}

/* The last byte of the window, s[k - 1], is the first line end only behind a CR. */
static int
fits(struct mime_longline const *l, char const *s, size_t k, char end)
{
	char before = k > 1 ? s[k - 2] : l->last;

	return (end == '\n' && before == '\r') || after_last(s, k - 1, end) > 0;
}

void
mime_longline(struct mime_longline *l, char const *s, size_t n, char end)
{
	while (n > 0 && !l->found) {
		size_t room = WINDOW - l->n;
		size_t look = n < room ? n : room;
		size_t k = guess_last(l, s, look, end);

		if (look == room && (k == 0 || (k == room && !fits(l, s, k, end)))) {
			l->found = 1;
			return;
		}
		if (k == 0) {
			l->n += look;
			l->last = s[look - 1];
			return;
		}
		l->line += l->n + k;
		l->n = 0;
		l->last = s[k - 1];
		s += k;
		n -= k;
	}
}

void
mime_longline_end(struct mime_longline *l)
{
	if (l->n > MIME_LONGLINE) l->found = 1;
}
