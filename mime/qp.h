/* qp.h - quoted-printable, RFC 2045 section 6.7. */

#ifndef MIME_QP_H
#define MIME_QP_H

#include <stddef.h>
#include <stdint.h>

#include "mime/code.h"
#include "mime/cpu.h"

/* Blanks held back because they may stand before a line end; longer runs are data. */
#define MIME_QP_HOLD 1024

/* What becomes of a line end of the body that is not a soft break. */
enum mime_eol { MIME_EOL_KEEP, MIME_EOL_LF, MIME_EOL_CRLF };

enum mime_qp_state {
	MIME_QP_TEXT,  /* hold: blanks that may stand before a line end, and a CR */
	MIME_QP_EQUAL, /* after "=" */
	MIME_QP_DIGIT, /* after "=" and a hex digit, which is in hold */
	MIME_QP_BLANK, /* after "=" and blanks, in hold */
	MIME_QP_CR     /* the same and a CR */
};

/*
 * A tolerant decoder: blanks before a line end are dropped, "=" blanks EOL is a
 * soft break, lower-case digits count, an "=" without two hex digits is
 * literal. cpu, eol and end are set by the caller; the rest is zero at the start.
 */
struct mime_qp {
	enum mime_cpu *cpu; /* found out once a body is worth it; NULL: no kernel */
	enum mime_eol eol;
	char end; /* the byte that ends a line: LF, or CR where lines end so */
	enum mime_qp_state state;
	mime_codes codes;
	uint64_t bytes; /* of input */
	size_t held;
	char hold[MIME_QP_HOLD + 1];
};

/*
 * Decode all of in. out has room for 2 * n + 2 * MIME_QP_HOLD + 64 bytes.
 * Returns the bytes written; any cutting gives the same bytes.
 */
extern size_t mime_qp_decode(struct mime_qp *d, char const *in, size_t n, char *out);

/* The end of the body; at most MIME_QP_HOLD + 2 bytes. */
extern size_t mime_qp_finish(struct mime_qp *d, char *out);

/* Characters of a line before the "=" of a soft break. */
#define MIME_QP_COLUMNS 75

/*
 * Encode text: LF is a line end and stays one, every line has at most 76
 * characters. Also written as =XX: blanks at the end of a line, the F of a
 * line that begins "From ", a line that is one period. Set cpu, the rest to zero, at the start.
 */
struct mime_qp_enc {
	enum mime_cpu *cpu; /* as above */
	uint64_t bytes;     /* of input */
	size_t column;
	size_t held; /* bytes of hold: the start of a line, or a blank */
	char hold[8];
};

/* Encode all of in; out has room for 4 * n + 64 bytes. Returns the bytes written. */
extern size_t mime_qp_encode(struct mime_qp_enc *e, char const *in, size_t n, char *out);

/* The end of the text: at most 64 bytes. No line end is added. */
extern size_t mime_qp_encode_end(struct mime_qp_enc *e, char *out);

/* The value of a hex digit of either case, or -1. */
extern int mime_hex(char c);

/* The value of two of them, 0 to 255, or -1. */
extern int mime_hex_byte(char high, char low);

#endif
