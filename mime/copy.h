/* copy.h - copies of a few bytes, without the call that costs more than they do. */

#ifndef MIME_COPY_H
#define MIME_COPY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Not arrays: of those each function that copies would have to watch over its stack. */
struct mime_copy16 {
	uint64_t a;
	uint64_t b;
};
struct mime_copy32 {
	struct mime_copy16 a;
	struct mime_copy16 b;
};

/* Both ends of n bytes, a type each, which is as large as half of them or more. */
#define MIME_COPY_ENDS(to, from, n, type) \
	do { \
		type first_; \
		type last_; \
		memcpy(&first_, (from), sizeof first_); \
		memcpy(&last_, (from) + (n) - sizeof last_, sizeof last_); \
		memcpy((to), &first_, sizeof first_); \
		memcpy((to) + (n) - sizeof last_, &last_, sizeof last_); \
	} while (0)

/*
 * memmove(3), for what is mostly short: musl's begins with a string instruction
 * that takes as long as a hundred bytes do here.
 */
static inline void
mime_copy(char *to, char const *from, size_t n)
{
	if (n > 64)
		memmove(to, from, n);
	else if (n >= 32)
		MIME_COPY_ENDS(to, from, n, struct mime_copy32);
	else if (n >= 16)
		MIME_COPY_ENDS(to, from, n, struct mime_copy16);
	else if (n >= 8)
		MIME_COPY_ENDS(to, from, n, uint64_t);
	else if (n >= 4)
		MIME_COPY_ENDS(to, from, n, uint32_t);
	else if (n >= 2)
		MIME_COPY_ENDS(to, from, n, uint16_t);
	else if (n)
		*to = *from;
}

#endif
