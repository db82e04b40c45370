/* decode.h - one transfer encoding or another, and the line ends of text. */

#ifndef MIME_DECODE_H
#define MIME_DECODE_H

#include <stddef.h>

#include "mime/b64.h"
#include "mime/code.h"
#include "mime/part.h"
#include "mime/qp.h"
#include "mime/uu.h"

/* Room for the output of a call, and input that fits there whatever it decodes to. */
#define MIME_DECODE_OUT 24576
#define MIME_DECODE_IN 11000

/* More room than that is no use to anyone: for 128 KiB of base64. */
#define MIME_DECODE_MOST 135168

struct mime_decoder {
	enum mime_cte cte;
	enum mime_eol eol; /* for text that is not base64, else MIME_EOL_KEEP */
	char end;          /* what ends a line of the body: LF or CR */
	int cr;            /* identity: a CR waits for what follows */
	union {
		struct mime_b64 b64;
		struct mime_qp qp;
		struct mime_uu uu;
	} u;
};

/* cpu is as in struct mime_b64 and outlives the decoder. */
extern void mime_decoder_init(
    struct mime_decoder *d, enum mime_cte cte, enum mime_eol eol, char end, enum mime_cpu *cpu);

/*
 * Decode n bytes, at most what mime_decode_most says for the room that out has. The
 * result is at *result, in out or, when nothing had to be changed, in in itself.
 * Returns its length.
 */
extern size_t mime_decode(
    struct mime_decoder *d, char const *in, size_t n, char *out, char const **result);

/* The end of the body; the last bytes go to out. */
extern size_t mime_decode_end(struct mime_decoder *d, char *out);

/*
 * Of n bytes, how many may be given to one call whose output has room, at least
 * MIME_DECODE_OUT bytes of it: all of them if nothing is changed.
 */
extern size_t mime_decode_most(struct mime_decoder const *d, size_t n, size_t room);

/* What was found, once the end is reached; *damage: those that are damage here. */
extern mime_codes mime_decoder_codes(struct mime_decoder const *d, mime_codes *damage);

/* Whether the data stops in the middle of something. */
extern int mime_decoder_inside(struct mime_decoder const *d);

#endif
