/* known.h - numbers by key, of bounded size. */

#ifndef MIME_KNOWN_H
#define MIME_KNOWN_H

#include <stdint.h>

/* A power of two; and how many keys are kept at most. */
#define MIME_KNOWN 32768u
#define MIME_KNOWN_MAX (MIME_KNOWN / 4 * 3)

/*
 * All zero is empty. When MIME_KNOWN_MAX are in use all is forgotten: it is for
 * what can be found out again.
 */
struct mime_known {
	unsigned int n;
	struct {
		uint64_t key;
		unsigned int number;
	} slots[MIME_KNOWN];
};

/* Keep number, not 0, for the key, not 0, instead of any before. */
extern void mime_known_put(struct mime_known *k, uint64_t key, unsigned int number);

/* The number kept for the key, 0 if there is none. */
extern unsigned int mime_known_get(struct mime_known const *k, uint64_t key);

#endif
