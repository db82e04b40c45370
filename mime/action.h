/* action.h - what mime-unpack can do with the parts that are wanted. Not part of the pure library. */

#ifndef MIME_ACTION_H
#define MIME_ACTION_H

#include <stddef.h>

#include "mime/parser.h"
#include "mime/record.h"

struct mime_unpack;

/*
 * One action; a row that leaves something out does nothing there. All
 * functions return 1, or what mime_unpack_fail returns.
 */
struct mime_action {
	int containers; /* they can be wanted too */
	int envelope;   /* it needs that */
	int unfinished; /* it has what a signal must not leave behind */
	/* The header of a wanted part has ended. */
	int (*begin)(struct mime_unpack *u, struct mime_part *part);
	/* Decoded bytes of a wanted leaf. */
	int (*data)(struct mime_unpack *u, char const *s, size_t n);
	/* The end of a wanted leaf. */
	int (*end)(struct mime_unpack *u, struct mime_part *part);
	/* Every BEGIN, FIELD, RAW and END, before what is above. */
	int (*watch)(struct mime_unpack *u, struct mime_event const *e);
	/* Put the last record on standard output; it prints records. */
	int (*last)(
	    struct mime_sink *k, struct mime_form const *form, struct mime_last const *last);
};

/* In showparts.c. */
extern struct mime_action const mime_action_list;
extern struct mime_action const mime_action_records;
extern struct mime_action const mime_action_check;
extern struct mime_action const mime_action_json;

/* In savefile.c; the second one also knows the message a part is from. */
extern struct mime_action const mime_action_files;
extern struct mime_action const mime_action_named_files;

/* Remove what has no name yet. */
extern void mime_savefile_discard(struct mime_unpack *u);

/* Remove the temporary names of all files, and nothing else. Async-signal-safe. */
extern void mime_savefile_drop(struct mime_unpack const *u);

/* In putbody.c. */
extern struct mime_action const mime_action_bodies;

/* In putraw.c. */
extern struct mime_action const mime_action_raw;
extern struct mime_action const mime_action_headers;

/* In putsigned.c. */
extern struct mime_action const mime_action_signed;

/* In program.c. */
extern struct mime_action const mime_action_program;

/* Terminate what has not been given all of its part. */
extern void mime_program_discard(struct mime_unpack *u);

/* Terminate the programs, without waiting for them. Async-signal-safe. */
extern void mime_program_stop(struct mime_unpack const *u);

/* In readable.c. */
extern struct mime_action const mime_action_readable;

#endif
