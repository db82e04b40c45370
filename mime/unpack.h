/* unpack.h - what mime-unpack does with the events of the parser. */

#ifndef MIME_UNPACK_H
#define MIME_UNPACK_H

#include <stdint.h>

#include "mime/outdir.h"
#include "mime/parser.h"
#include "mime/pick.h"
#include "mime/sink.h"

#define MIME_FILES 10000

enum mime_action { MIME_LIST, MIME_RECORDS, MIME_FILES_IN, MIME_BODIES };

struct mime_unpack {
	/* options */
	enum mime_action action;
	struct mime_pick pick;
	int whole;      /* messages as one part */
	int quiet;      /* 1: no notices, 2: no warnings either */
	uint64_t files; /* most to create */

	/* state */
	struct mime_outdir dir;
	struct mime_sink out;  /* standard output */
	struct mime_sink file; /* the part being written */
	int wanted;            /* the current leaf is */
	int skipped;           /* its file is one too many */
	uint64_t made;         /* files */
	uint64_t matched;      /* parts */
	unsigned int warned;
	int level;          /* the worst enum mime_level, -1 if there was none */
	int error;          /* errno of what stopped the work, 0 if nothing did */
	char const *failed; /* what it was */
};

/* A mime_event_func; ctx is the struct mime_unpack. */
extern enum mime_answer mime_unpack_event(void *ctx, struct mime_event const *e);

/* The exit status that tells the truth, once all is done: 0, 1, 2 or 3. */
extern int mime_unpack_status(struct mime_unpack const *u);

#endif
