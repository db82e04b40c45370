/* qpkernel.h - quoted-printable with vectors: what is neither damaged nor at an edge. */

#ifndef MIME_QPKERNEL_H
#define MIME_QPKERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "mime/qp.h"

/* What a kernel must be able to read. */
#define MIME_QP_BLOCK 66

/*
 * Decode text whose lines end with LF or CRLF, at most to where MIME_QP_BLOCK
 * bytes of in are left. loose: the byte before in may be a blank or a CR, and is
 * to go if a line end follows. Stops before what only the plain decoder can
 * judge, and never between blanks and what they stand before, so that all of
 * the result is final. Writes from out + *w on, adds to *w and returns the
 * bytes used; 64 more bytes of out may change.
 */
typedef size_t mime_qp_kernel(
    char const *in, size_t n, enum mime_eol eol, int loose, char *out, size_t *w);

/* n is MIME_QP_BLOCK or more. */
extern mime_qp_kernel mime_qp_decode_avx512;

/* The same; eol is not CRLF. */
extern mime_qp_kernel mime_qp_decode_avx2;

/* For each mask of eight bits the numbers of those set, in order, a byte each. */
extern uint64_t const mime_qp_kept[256];

/*
 * Encode as mime_qp_encode does, as long as MIME_QP_BLOCK bytes of in are left
 * and no line begins with what may have to be guarded. Nothing is held, before
 * and after. Returns and writes as above.
 */
extern size_t mime_qp_encode_avx512(
    struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w);

/* A block of 64 bytes, the one after it, and what is looked at after that. */
#define MIME_QP_PIECE ((size_t)192)

/*
 * The same, as long as MIME_QP_PIECE bytes are left; it guards lines itself. 80 more
 * bytes of out may change: of in more than that is left, so that there is room.
 */
extern size_t mime_qp_encode_avx2(
    struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w);

#endif
