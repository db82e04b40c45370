/* record.h - one line per part, for machines and for people. Not part of the pure library. */

#ifndef MIME_RECORD_H
#define MIME_RECORD_H

#include <stdint.h>

#include "mime/parser.h"
#include "mime/sink.h"

/* What all records of a run have in common. */
struct mime_form {
	char end;            /* of each: LF or NUL */
	char const *message; /* the file it is in, the first field of each; NULL if there is none */
	int all;             /* the record is about all files, and message stands for none */
};

/* What the last record says. */
struct mime_last {
	int status;      /* exit */
	uint64_t bytes;  /* of input */
	char const *sum; /* SHA-256 of the input in hex, or NULL */
};

/*
 * The 14 fields, TAB between them: section class type charset
 * cte disposition size header_offset body_offset end_offset cid codes name
 * path. "-" is an absent field, "\-" a real dash; control bytes, backslashes
 * and characters that do not show are escaped. path may be NULL.
 */
extern int mime_record_put(struct mime_sink *k, struct mime_form const *form,
    struct mime_part const *part, char const *path);

/* Of a WARN event: section, offset, level, code, text. */
extern int mime_record_warning(
    struct mime_sink *k, struct mime_form const *form, struct mime_event const *e);

/* The last one: ".", exit status, bytes of input, and the sum if there is one. */
extern int mime_record_end(
    struct mime_sink *k, struct mime_form const *form, struct mime_last const *last);

/* The words of the fields cte (MIME_TOKEN_SIZE + 1 bytes, 0-terminated) and disposition. */
extern void mime_record_cte(char *out, struct mime_part const *part);
extern char const *mime_record_disposition(struct mime_part const *part);

/* An aligned line for people, indented by depth. */
extern int mime_listing_put(struct mime_sink *k, struct mime_part const *part);

/* n bytes, made safe to show; at most max columns or, with max 0, all of it. */
extern int mime_record_text(struct mime_sink *k, char const *s, size_t n, size_t max);

#endif
