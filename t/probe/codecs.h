/* codecs.h - every codec in one form, to be compared. */

#ifndef T_PROBE_CODECS_H
#define T_PROBE_CODECS_H

#include <stddef.h>
#include <stdint.h>

#include "mime/b64.h"
#include "mime/qp.h"
#include "mime/survey.h"
#include "mime/uu.h"

/* The longest input; room for what any codec makes of it. */
enum { CODEC_LEN = 400, CODEC_ROOM = 32 * CODEC_LEN + 4096 };

struct result {
	uint64_t said[4]; /* codes and counts */
	size_t n;
	char s[CODEC_ROOM];
};

/* Put n bytes, of which cut are the first piece, through a codec; cpu NULL: the plain one. */
typedef void codec(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r);

extern codec codec_b64_decode;
extern codec codec_b64_encode;
extern codec codec_b64_encode_crlf;
extern codec codec_qp_decode;
extern codec codec_qp_encode;
extern codec codec_uu_decode;
extern codec codec_survey;

/* Which line ends the decoder of quoted-printable reads and writes: eol and end. */
extern struct mime_qp codec_qp_like;

#endif
