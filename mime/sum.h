/* sum.h - SHA-256 in hex, by libmd. Not part of the pure library. */

#ifndef MIME_SUM_H
#define MIME_SUM_H

#include <stddef.h>
#include <sys/types.h>

#include <sha2.h>

/* All digits of a sum, without a 0. */
#define MIME_SUM_HEX 64

struct mime_sum {
	SHA2_CTX state;
};

extern void mime_sum_begin(struct mime_sum *m);
extern void mime_sum_add(struct mime_sum *m, char const *s, size_t n);

/* Write the first n digits, at most MIME_SUM_HEX, and a 0. */
extern void mime_sum_hex(struct mime_sum *m, char *out, size_t n);

#endif
