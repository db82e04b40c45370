/* unpack.h - what mime-unpack does with the events of the parser. */

#ifndef MIME_UNPACK_H
#define MIME_UNPACK_H

#include <stdint.h>

#include "mime/action.h"
#include "mime/charset.h"
#include "mime/envelope.h"
#include "mime/json.h"
#include "mime/outdir.h"
#include "mime/parser.h"
#include "mime/partenv.h"
#include "mime/pick.h"
#include "mime/progress.h"
#include "mime/record.h"
#include "mime/sink.h"
#include "mime/sum.h"
#include "mime/terminal.h"
#include "mime/unpacklimit.h"

#define MIME_FILES 10000

/* The parser, its arena and the bytes it is given. */
#define MIME_WORK 1179648

/* Bytes of the input that wait for a decision, or are being written as they are. */
struct mime_raw {
	int on;             /* a body is being written */
	unsigned int depth; /* of its part */
	int lost;           /* the header did not fit */
	size_t n;
	char header[MIME_HEADER]; /* of the current entity */
};

/* The first part of a multipart/signed. */
struct mime_signed {
	enum { MIME_SIGNED_NONE, MIME_SIGNED_AHEAD, MIME_SIGNED_INSIDE, MIME_SIGNED_DONE } stage;
	unsigned int depth; /* of the part */
	struct mime_decoder lines;
};

/* Messages within each other that are written as files while they are looked into: -M. */
#define MIME_NESTED 16

/* A file in the making, and the part it is of. */
struct mime_saving {
	struct mime_newfile file;
	struct mime_sink written;
	struct mime_sum sum; /* of its bytes, where the name needs that */
};

struct mime_nested {
	struct mime_saving saving;
	struct mime_part part;
};

/* HTML of an alternative that waits for plain text: at most so many bytes. */
#define MIME_READABLE 1048576

/* The text a person would read. */
struct mime_readable {
	enum {
		MIME_READABLE_NONE,
		MIME_READABLE_HOLDING, /* it is kept, */
		MIME_READABLE_HELD,    /* waits, */
		MIME_READABLE_TAKING,  /* is written, */
		MIME_READABLE_DONE     /* or has been */
	} stage;
	int alternative;    /* one is open */
	unsigned int depth; /* of it */
	size_t n;
	char hold[MIME_READABLE];
};

/* What becomes of one leaf. */
struct mime_leafwork {
	int wanted;
	int skipped; /* its file is one too many */
	pid_t pid;   /* of its program */
	int deaf;    /* which reads no more */
	int converting;
	struct mime_converter text;
	struct mime_saving *saving;
};

struct mime_unpack {
	/* options */
	struct mime_action const *action;
	struct mime_pick pick;
	int whole;     /* messages as one part */
	int both;      /* and what is in them too */
	int epilogues; /* parts in them count */
	int uuencoded; /* files in text are parts */
	int batch;     /* standard input names the messages */
	int quiet;     /* 1: no notices, 2: no warnings either */
	char const *template;
	int utf8;            /* text is converted */
	char const *assumed; /* charset where none is declared, or NULL */
	enum mime_eol eol;
	uint64_t limits[MIME_X];
	struct mime_form form;   /* of records */
	char const *const *argv; /* the program that is run for each part, or NULL */

	/* state */
	uint64_t messages; /* so far */
	uint64_t read;     /* bytes of all of them */
	uint64_t fed;      /* bytes of this one */
	uint64_t given;    /* decoded bytes of it that were written */
	int tty;           /* standard output is a terminal that must not get it as it is */
	struct mime_terminal terminal;
	struct mime_progress progress;
	int full; /* that were more than allowed: the rest of it is not written */
	struct mime_leafwork leaves[2]; /* a leaf, and a uuencoded file in it */
	struct mime_leafwork *now;      /* which of them */
	unsigned int depth; /* messages that are being written while they are looked into */
	int late;           /* that names are not given at once was said */
	uint64_t made;      /* files */
	uint64_t matched;   /* parts */
	int program_failed; /* one of those that were run */
	unsigned int warned;
	int level;          /* the worst enum mime_level, -1 if there was none */
	int error;          /* errno of what stopped the work, 0 if nothing did */
	char const *failed; /* what it was */

	/*
	 * What is large comes last, and is left alone until it is used: to a small
	 * message each page touched costs as much as all the reading. What every one
	 * touches is within 2 MiB, for which the kernel needs one table of pages.
	 */
	struct mime_sink out; /* standard output */
	char work[MIME_WORK]; /* of mime_batch_one */
	struct mime_outdir dir;
	struct mime_sink err;          /* standard error, flushed after each line */
	struct mime_saving savings[2]; /* of the leaves */
	struct mime_nested nested[MIME_NESTED];
	struct mime_raw raw;
	struct mime_signed signature;
	struct mime_readable readable;
	struct mime_partenv partenv;
	struct mime_envelope envelope;
	struct mime_json json;
};

/* A mime_event_func; ctx is the struct mime_unpack. */
extern enum mime_answer mime_unpack_event(void *ctx, struct mime_event const *e);

/* The events it does nothing with, as in struct mime_parser. */
extern unsigned int mime_unpack_unwanted(struct mime_unpack const *u);

/* Keep errno and what could not be done; returns 0. */
extern int mime_unpack_fail(struct mime_unpack *u, char const *what);

/*
 * Write bytes of the message to standard output, without what a terminal obeys
 * if it is one; returns 1, or as mime_unpack_fail.
 */
extern int mime_unpack_put(struct mime_unpack *u, char const *s, size_t n);

/*
 * Count n bytes that are to be written for the part; 0 if they are too many of
 * this message: from then on nothing is written. What has begun is not whole.
 */
extern int mime_unpack_room(struct mime_unpack *u, struct mime_part *part, size_t n);

/* Say something about a part that only this program knows; its code is kept. */
extern int mime_unpack_note(struct mime_unpack *u, struct mime_part *part, enum mime_code code);

/* The exit status that tells the truth, once all is done: 0 to 4. */
extern int mime_unpack_status(struct mime_unpack const *u);

#endif
