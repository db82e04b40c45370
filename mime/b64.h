/* b64.h - base64, RFC 4648 section 4 in lines as RFC 2045 section 6.8 has them. */

#ifndef MIME_B64_H
#define MIME_B64_H

#include <stddef.h>
#include <stdint.h>

#include "mime/code.h"
#include "mime/cpu.h"

/* Characters of a line after the end of the data that are looked at together. */
#define MIME_B64_KEEP 1024

/*
 * A tolerant decoder (RFC 2045: ignore what is not in the alphabet). An equals
 * sign completes the group and decoding goes on after it. After a line shorter
 * than the first one, or padded, and then an empty line only lines of clean base64
 * still count: what follows there is mostly a list footer. Set cpu and put all
 * else to zero at the start.
 */
struct mime_b64 {
	enum mime_cpu *cpu; /* found out once a body is worth it; NULL: byte by byte */
	uint32_t bits;      /* sextets waiting, the last one lowest */
	unsigned int held;  /* how many, 0 to 3 */
	int pads;           /* equals signs that still belong to the last group */
	int strict;         /* the data has ended, see above */
	int padded;         /* nothing but blanks came after the last equals sign */
	int brief;          /* the last line with data was shorter than the first, or padded */
	int seen;           /* something but blanks is on this line */
	uint64_t line;      /* alphabet characters on this line */
	uint64_t first;     /* and on the first line with data; 0 before it has ended */
	uint64_t last;      /* and on the last one that has ended */
	uint64_t chars;     /* alphabet characters in all */
	uint64_t junk;      /* characters skipped */
	mime_codes codes;
	size_t kept; /* of keep; MIME_B64_KEEP + 1: the line is too long */
	char keep[MIME_B64_KEEP];
};

/*
 * Decode all of in; out has room for n + MIME_B64_KEEP + 64 bytes (the kernels
 * store whole vectors). Returns the bytes written. Any cutting of the input
 * gives the same bytes.
 */
extern size_t mime_b64_decode(struct mime_b64 *d, char const *in, size_t n, char *out);

/* The end of the body: the last bytes, at most MIME_B64_KEEP; the codes are complete after it. */
extern size_t mime_b64_finish(struct mime_b64 *d, char *out);

/* Whether the data stops inside a group now. */
extern int mime_b64_inside(struct mime_b64 const *d);

/* Characters of an encoded line, and the raw bytes in it. */
#define MIME_B64_COLUMNS 76
#define MIME_B64_RAW 57

/* An encoder to lines of 76 characters. Set cpu and crlf, the rest to zero, at the start. */
struct mime_b64_enc {
	enum mime_cpu *cpu; /* as above */
	int crlf;           /* 1: lines end with CRLF, 0: with LF */
	uint64_t bytes;     /* in all */
	size_t held;        /* of hold: the start of a line that is not complete */
	char hold[MIME_B64_RAW];
};

/*
 * Encode all of in; out has room for (n / 57 + 1) * 78 + 64 bytes. Returns the
 * bytes written, whole lines. Any cutting of the input gives the same bytes.
 */
extern size_t mime_b64_encode(struct mime_b64_enc *e, char const *in, size_t n, char *out);

/* The end of the data: the last line with its line end, at most 78 bytes. */
extern size_t mime_b64_encode_end(struct mime_b64_enc *e, char *out);

/* Encode n bytes as one flat run without line ends, for words; returns its length. */
extern size_t mime_b64_flat(char const *in, size_t n, char *out);

/* Value of a character: 0 to 63, or one of these. */
enum { MIME_B64_PAD = 64, MIME_B64_BLANK, MIME_B64_EOL, MIME_B64_OTHER };
extern unsigned char const mime_b64_value[256];
extern char const mime_b64_alphabet[65];

#endif
