/* copy.h - copies of a few bytes, without the call that costs more than they do. */

#ifndef MIME_COPY_H
#define MIME_COPY_H

#include <stddef.h>
#include <string.h>

/* Both ends of n bytes, k each, k <= n <= 2 k; k is known when this is compiled. */
#define MIME_COPY_ENDS(to, from, n, k) \
	do { \
		char first_[k]; \
		char last_[k]; \
		memcpy(first_, (from), (k)); \
		memcpy(last_, (from) + (n) - (k), (k)); \
		memcpy((to), first_, (k)); \
		memcpy((to) + (n) - (k), last_, (k)); \
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
		MIME_COPY_ENDS(to, from, n, 32);
	else if (n >= 16)
		MIME_COPY_ENDS(to, from, n, 16);
	else if (n >= 8)
		MIME_COPY_ENDS(to, from, n, 8);
	else if (n >= 4)
		MIME_COPY_ENDS(to, from, n, 4);
	else if (n >= 2)
		MIME_COPY_ENDS(to, from, n, 2);
	else if (n)
		*to = *from;
}

#endif
