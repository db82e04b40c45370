/* wire.h - the size a message will have on the wire. */

#ifndef MAILDIR_WIRE_H
#define MAILDIR_WIRE_H

#include <stddef.h>
#include <stdint.h>

/* All zero before the first byte. */
struct wire {
	uint64_t size; /* bytes so far */
	uint64_t bare; /* LF among them that no CR precedes: each gains a CR on the wire */
	char last;     /* the last byte */
};

/* Count n more bytes, however the message is cut. */
extern void wire_count(struct wire *w, char const *s, size_t n);

#endif
