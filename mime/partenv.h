/* partenv.h - the environment of a program that is given a part. Not part of the pure library. */

#ifndef MIME_PARTENV_H
#define MIME_PARTENV_H

#include "mime/envelope.h"
#include "mime/outdir.h"
#include "mime/part.h"

/* Variables that are ours, and of those we were started with. */
#define MIME_PARTENV_OURS 7
#define MIME_PARTENV_MAX 4096

struct mime_partenv {
	char const *vars[MIME_PARTENV_MAX + 1];
	char section[MIME_SECTION_SIZE + 16];
	char class[32];
	char type[MIME_TYPE_SIZE + 16];
	char charset[MIME_TOKEN_SIZE + 16];
	char name[MIME_OUTDIR_NAME + 16];
	char cid[MIME_CID_SIZE + 16];
	char id[MIME_ENVELOPE_ID + 16];
};

/*
 * What we were started with, less our own variables, then those of this part
 * that have a value: MIME_SECTION MIME_CLASS MIME_TYPE MIME_CHARSET MIME_NAME
 * (safe, within the limits, never absent) MIME_CID MIME_MSGID. Returns 0 with
 * errno E2BIG if there are too many.
 */
extern int mime_partenv(struct mime_partenv *p, struct mime_part const *part,
    struct mime_envelope const *v, uint64_t const *limits);

#endif
