/* Netstrings: cr.yp.to/proto/netstrings.txt. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/frame.h"

/* A length below this may take one more digit. */
#define ROOM_FOR_A_DIGIT UINT64_C(100000000000000000)

static enum frame_state
digit(struct frame *f, char c)
{
	if (c < '0' || c > '9' || f->left >= ROOM_FOR_A_DIGIT) return FRAME_BAD;
	f->left = f->left * 10 + (uint64_t)(c - '0');
	return f->left == 0 ? FRAME_ZERO : FRAME_DIGITS;
}

/*
 *  state  |  '0'     '1'-'9'  ':'    ','     other
 *  -------+----------------------------------------
 *  LENGTH |  ZERO    DIGITS   BAD    BAD     BAD
 *  DIGITS |  DIGITS  DIGITS   DATA   BAD     BAD
 *  ZERO   |  BAD     BAD      LAST   BAD     BAD
 *  COMMA  |  BAD     BAD      BAD    LENGTH  BAD
 *  LAST   |  BAD     BAD      BAD    END     BAD
 *  DATA takes all bytes until left is 0, then COMMA.
 */
static enum frame_state
step(struct frame *f, char c)
{
	switch (f->st) {
	case FRAME_LENGTH: return digit(f, c);
	case FRAME_DIGITS: return c == ':' ? FRAME_DATA : digit(f, c);
	case FRAME_ZERO: return c == ':' ? FRAME_LAST : FRAME_BAD;
	case FRAME_COMMA: return c == ',' ? FRAME_LENGTH : FRAME_BAD;
	case FRAME_LAST: return c == ',' ? FRAME_END : FRAME_BAD;
	case FRAME_DATA:
	case FRAME_END:
	case FRAME_BAD: break;
	}
	return f->st;
}

size_t
frame_decode(struct frame *f, char const *in, size_t n, char *out, size_t *w)
{
	size_t i = 0, run;

	*w = 0;
	while (i < n && f->st < FRAME_END) {
		if (f->st != FRAME_DATA) {
			f->st = step(f, in[i++]);
			continue;
		}
		run = n - i < f->left ? n - i : (size_t)f->left;
		memmove(out + *w, in + i, run);
		*w += run;
		i += run;
		f->left -= run;
		if (f->left == 0) f->st = FRAME_COMMA;
	}
	return i;
}
