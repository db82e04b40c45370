/* wire.h - the network under TLS: ciphertext in large pieces. */

#ifndef TLS_WIRE_H
#define TLS_WIRE_H

#include <stddef.h>
#include <sys/types.h>

struct tls;

enum { WIRE_IN = 65536, WIRE_OUT = 262144, WIRE_HEADER = 5 };

/* TLS asks for 5 bytes, then for 16384: a system call moves many records at once. */
struct wire {
	int in; /* not blocking, both; may be the same socket */
	int out;
	size_t taken; /* of what is in inspace */
	size_t filled;
	size_t sent; /* of what is in outspace */
	size_t kept;
	int ended; /* the peer sends no more */
	int broken;
	unsigned int header; /* of a record: bytes of it given to TLS, below WIRE_HEADER */
	size_t length;       /* of its rest, as far as the header has told */
	size_t body;         /* of that: bytes still to give */
	unsigned char inspace[WIRE_IN];
	unsigned char outspace[WIRE_OUT];
};

/* Read what has come: bytes, 0 at the end, -1 with errno set (EAGAIN: nothing yet). */
extern ssize_t wire_fill(struct wire *w);

/* Write what waits: 1 if nothing is left, 0 if it would block, -1 if the peer is lost. */
extern int wire_flush(struct wire *w);

/* 1 if the peer has sent its last byte, it was that of a record, and TLS has it. */
extern int wire_whole(struct wire const *w);

/* For tls_accept_cbs and tls_connect_cbs; arg is the wire. */
extern ssize_t wire_read(struct tls *t, void *s, size_t n, void *arg);
extern ssize_t wire_write(struct tls *t, void const *s, size_t n, void *arg);

#endif
