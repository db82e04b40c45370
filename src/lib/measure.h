/* measure.h - a message: its size on the wire, and what it holds. */

#ifndef LIB_MEASURE_H
#define LIB_MEASURE_H

#include <stddef.h>
#include <stdint.h>

/* All zero before the first byte. */
struct measure {
	uint64_t size; /* bytes so far */
	uint64_t lf;   /* all LF */
	uint64_t cr;   /* all CR */
	uint64_t crlf; /* LF behind a CR */
	int eight;     /* there are bytes of 0x80 and above */
	char last;     /* the last byte */
};

/* Take n more bytes; the result does not depend on how the message is cut. */
extern void measure_add(struct measure *m, char const *s, size_t n);

/* 1 if a CR stands without its LF: no line end, and not to be sent (RFC 5321 2.3.8). */
extern int measure_bare_cr(struct measure const *m);

/* 1 if an LF stands without a CR. */
extern int measure_bare_lf(struct measure const *m);

/* Bytes once every LF has its CR. */
extern uint64_t measure_wire(struct measure const *m);

/* Octets as RFC 1870 5 counts: every line ends with CRLF, the last one too; no dots added. */
extern uint64_t measure_octets(struct measure const *m);

#endif
