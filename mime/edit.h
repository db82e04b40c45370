/* edit.h - fields of a message changed on the way. Not part of the pure library. */

#ifndef MIME_EDIT_H
#define MIME_EDIT_H

#include "mime/compose.h"
#include "mime/sink.h"
#include "mime/walk.h"

#define MIME_EDITS 200

enum mime_edit_kind {
	MIME_EDIT_ADD,    /* at the end of the header */
	MIME_EDIT_ABSENT, /* the same, unless the field is there */
	MIME_EDIT_SET,    /* instead of the first one; the others go */
	MIME_EDIT_RENAME, /* value is the new name */
	MIME_EDIT_DELETE
};

struct mime_edit {
	enum mime_edit_kind kind;
	char const *name; /* len bytes, not 0-terminated */
	size_t len;
	char const *value; /* 0-terminated */
	int done;          /* SET: it has been written. ABSENT: the field is there */
};

struct mime_edits {
	struct mime_edit list[MIME_EDITS];
	unsigned int n;
	char composed[MIME_COMPOSED];
};

/*
 * Add what an option says: "Name: value", "Old: New", or a name alone.
 * Returns NULL, or what is wrong with it.
 */
extern char const *mime_edit_add(struct mime_edits *e, enum mime_edit_kind kind, char const *arg);

/*
 * Pass the header of k to out, changed. A field is deleted, else renamed, else
 * set; empty lines before the first one go; what is added follows in the order it was given. Afterwards k is at its
 * last line, MIME_LINE_OVER, which is not written; a body that had no empty
 * line before it gets one if fields were added. Returns 1, or 0 with errno set
 * if the input cannot be read, -1 if the output cannot be written.
 */
extern int mime_edit_header(struct mime_edits *e, struct mime_walk *k, struct mime_sink *out);

#endif
