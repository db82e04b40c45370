/* pack.h - what mime-pack was told, and how a part is written. */

#ifndef MIME_PACK_H
#define MIME_PACK_H

#include <stdint.h>

#include "mime/b64.h"
#include "mime/compose.h"
#include "mime/part.h"
#include "mime/sink.h"
#include "mime/source.h"

#define MIME_PACK_PARTS 1000
#define MIME_PACK_FIELDS 100

/* "=_", 22 characters, 0. */
#define MIME_PACK_BOUNDARY 25

/* One leaf. */
struct mime_leaf {
	struct mime_source source;
	char const *given;   /* the type of -y, or NULL */
	char const *name;    /* the name of -n, or NULL */
	char const *subtype; /* of a body: "plain" or "html"; NULL for an attachment */
	int shown;           /* Content-Disposition: inline */
};

/* How it is sent. */
struct mime_plan {
	char const *type;
	char const *charset; /* NULL: none */
	enum mime_cte cte;
};

struct mime_pack {
	struct mime_sink out;
	struct mime_leaf body[2]; /* plain and html; path NULL: none */
	struct mime_leaf part[MIME_PACK_PARTS];
	unsigned int parts;
	char const *from;
	char const *subject;
	char const *message_id;
	int64_t date;
	char const *field[MIME_PACK_FIELDS]; /* "Name: value" */
	unsigned int fields;
	enum mime_cpu cpu;
	int status; /* to exit with */
	char to[MIME_LIST];
	char cc[MIME_LIST];
	char bcc[MIME_LIST];
	char reply_to[MIME_LIST];
	char composed[MIME_COMPOSED];
	char hold[MIME_SOURCE_HOLD];
};

/* Write to standard output; these end the program with 111 if they cannot. */
extern void mime_pack_put(struct mime_pack *k, char const *s);
extern void mime_pack_write(struct mime_pack *k, char const *s, size_t n);

/* Decide how the leaf is sent. Ends the program with 111 if it cannot be read. */
extern struct mime_plan mime_leaf_plan(struct mime_pack *k, struct mime_leaf *l);

/* Write the Content- fields and the empty line. */
extern void mime_leaf_header(
    struct mime_pack *k, struct mime_leaf const *l, struct mime_plan const *plan);

/*
 * Write the body. last: nothing follows, so it ends with a line end. Ends the
 * program with 111 if the source cannot be read to its end.
 */
extern void mime_leaf_body(
    struct mime_pack *k, struct mime_leaf *l, struct mime_plan const *plan, int last);

#endif
