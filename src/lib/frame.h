/* frame.h - a stream as netstrings, closed by an empty one. */

#ifndef LIB_FRAME_H
#define LIB_FRAME_H

#include <stddef.h>
#include <stdint.h>

/* Where the decoder stands; the last two are final. */
enum frame_state {
	FRAME_LENGTH, /* before the first digit */
	FRAME_DIGITS, /* within a length that is not 0 */
	FRAME_ZERO,   /* after the 0 of the empty netstring */
	FRAME_DATA,
	FRAME_COMMA, /* after the data */
	FRAME_LAST,  /* after 0: */
	FRAME_END,   /* the mark has been seen: the message is whole */
	FRAME_BAD
};

/* All zero before the first byte. */
struct frame {
	enum frame_state st;
	uint64_t left; /* the length so far, then the bytes of data still to come */
};

/*
 * Decode n bytes of in to out, which has room for as many and may be the same
 * memory; *w is what was written. Returns how many were consumed: all of them,
 * unless the end mark or an error came before. A length is decimal, without
 * leading zeros, at most 18 digits.
 */
extern size_t frame_decode(struct frame *f, char const *in, size_t n, char *out, size_t *w);

#endif
