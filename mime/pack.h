/* pack.h - what mime-pack was told, and how a message is written. Not part of the pure library. */

#ifndef MIME_PACK_H
#define MIME_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "mime/b64.h"
#include "mime/compose.h"
#include "mime/packfile.h"
#include "mime/packout.h"
#include "mime/part.h"
#include "mime/progress.h"
#include "mime/source.h"

#define MIME_PACK_PARTS 4096
#define MIME_PACK_FIELDS 100

/* Options in one file, and bytes in all files of them. */
#define MIME_PACK_ARGS 32768
#define MIME_PACK_ARGS_TEXT 2097152

/* Descriptors that can be named, from 0 on. */
#define MIME_PACK_DESCRIPTORS 1024

/* Pipes whose first bytes are held until it is decided how to send them. */
#define MIME_PACK_PIPES 16

/* "=_", 22 characters, 0. */
#define MIME_PACK_BOUNDARY 25

/* Bytes that nobody can guess, or that follow from the seed. */
#define MIME_PACK_RANDOM 16

/* 9999-12-31 23:59:59, the last date with a year of four digits. */
#define MIME_PACK_LAST_DATE UINT64_C(253402300799)

/* What a leaf is in the message. */
enum mime_role {
	MIME_ROLE_PART,
	MIME_ROLE_READY, /* a part that has its header */
	MIME_ROLE_IMAGE, /* used by the page */
	MIME_ROLE_TEXT,
	MIME_ROLE_HTML
};

/* How a leaf is sent. */
struct mime_plan {
	char const *type;
	char const *charset; /* NULL: none */
	enum mime_cte cte;
};

/* One leaf. */
struct mime_leaf {
	struct mime_source source;
	enum mime_role role;
	char const *given; /* the type of -y, or NULL; so are the next four */
	char const *name;
	char const *description;
	char const *charset;
	char const *cid;
	int encoded; /* the transfer encoding cte is asked for */
	enum mime_cte cte;
	int shown; /* Content-Disposition: inline */
	struct mime_plan plan;
};

/* The multiparts there can be, each with a boundary of its own. */
enum mime_multipart {
	MIME_PACK_OUTER,
	MIME_PACK_ALTERNATIVE,
	MIME_PACK_RELATED,
	MIME_PACK_MULTIPARTS
};

struct mime_pack {
	struct mime_leaf text; /* path NULL: none */
	struct mime_leaf html;
	struct mime_leaf part[MIME_PACK_PARTS];
	unsigned int parts;
	unsigned int images; /* of the parts, those with that role */
	unsigned int pipes;
	char const *kind;        /* subtype of the outer multipart; NULL: as needed */
	enum mime_cte transport; /* what the transport carries: 7bit, 8bit or binary */
	char const *from;
	char const *subject;
	char const *message_id;
	int64_t date;                        /* -1: now */
	char const *seed;                    /* NULL: none, what is random is random */
	uint64_t drawn;                      /* from the seed */
	int part_only;                       /* no fields that only a message has */
	int utf8;                            /* of the header, RFC 6532 */
	char const *field[MIME_PACK_FIELDS]; /* "Name: value" */
	unsigned int fields;
	enum mime_cpu cpu;
	int status; /* to exit with */
	char boundary[MIME_PACK_MULTIPARTS][MIME_PACK_BOUNDARY];
	char id[512];     /* the Message-ID, made or given */
	int sized;        /* only the size is asked for */
	uint64_t max;     /* of the message */
	char const *path; /* the file it goes to; NULL: standard output */
	int sync;
	int quiet; /* 1: no progress, 2: no warnings either */
	struct mime_packfile file;
	struct mime_progress progress;
	uint64_t total; /* bytes of all sources, 0: not known */
	uint64_t read;
	struct mime_packout out;
	char to[MIME_LIST];
	char cc[MIME_LIST];
	char bcc[MIME_LIST];
	char reply_to[MIME_LIST];
	char composed[MIME_COMPOSED];
	char claimed[MIME_PACK_DESCRIPTORS];
	char const *arg[MIME_PACK_ARGS];
	size_t args_used;
	char text_of_args[MIME_PACK_ARGS_TEXT];
	char hold[MIME_PACK_PIPES][MIME_SOURCE_HOLD];
};

/* What any of these cannot do ends the program: 100 for what was given, else 111. */

/* Read the command line. Nothing is opened; what cannot stand in a header is refused. */
extern void mime_pack_options(struct mime_pack *k, int argc, char const *const *argv);

/* Split a file into k->arg, the first of which is the program; returns how many. */
extern int mime_pack_args(struct mime_pack *k, char const *path);

/* A descriptor that path names is there, and can be read by one part only. */
extern void mime_pack_claim(struct mime_pack *k, char const *path);

/* Before the program ends without a message: no file stays, no line of progress. */
extern void mime_pack_give_up(struct mime_pack *k);

/* Say what is odd about a file, unless told not to. */
extern void mime_pack_warn(struct mime_pack const *k, char const *path, char const *what);

/* Refuse what would begin a line of its own or is too long; returns s (mime.md S6). */
extern char const *mime_pack_line(char const *what, char const *s);

/* Check and keep: an address list, a field "Name: value", the type and the name of a leaf. */
extern void mime_pack_list(char *list, char const *what, char const *s);
extern void mime_pack_field(struct mime_pack *k, char const *s);
extern void mime_pack_type(struct mime_leaf *l, char const *s);
extern void mime_pack_name(struct mime_leaf *l, char const *s);
extern void mime_pack_encoding(struct mime_leaf *l, char const *s);
extern void mime_pack_charset(struct mime_leaf *l, char const *s);
extern void mime_pack_cid(struct mime_leaf *l, char const *s);

/* Whether any of these, or a description, was given for it. */
extern int mime_leaf_said(struct mime_leaf const *l);

/* Refuse parts that do not belong together. */
extern void mime_pack_check(struct mime_pack const *k);

extern void mime_pack_message_id(struct mime_pack *k, char const *s);

/* How many fields of this name -H gave. */
extern unsigned int mime_pack_sets(struct mime_pack const *k, char const *name);

/* Refuse lists that are no addresses, and fields that can be there only once. */
extern void mime_pack_fields(struct mime_pack *k);

/* Open everything: half a message is worse than none. */
extern void mime_pack_open(struct mime_pack *k);

/* Decide how each leaf is sent, and draw the boundaries. Nothing is written, pipes are held. */
extern void mime_pack_plan(struct mime_pack *k);
extern void mime_leaf_plan(struct mime_pack *k, struct mime_leaf *l);
extern void mime_pack_boundaries(struct mime_pack *k);

/* Write MIME_PACK_RANDOM bytes to out. */
extern void mime_pack_random(struct mime_pack *k, char *out);

/* Make the date and the Message-ID if none was given. */
extern void mime_pack_identity(struct mime_pack *k);

/* Whether the size can be known before all is read; the first bytes of all pipes are held. */
extern int mime_pack_knows(struct mime_pack *k);

/* The size of the body of a leaf as it is planned. Its source is read, and rewound. */
extern uint64_t mime_leaf_size(struct mime_pack *k, struct mime_leaf *l);

/* The size of the message. All sources are read, and rewound where they can be. */
extern uint64_t mime_pack_size(struct mime_pack *k);

/* The bytes of all sources, 0 if that is not known. */
extern uint64_t mime_pack_total(struct mime_pack *k);

/* Write the fields of the message, but for those that describe its body. */
extern void mime_pack_header(struct mime_pack *k);

/* Write the rest: multiparts, delimiters, leaves. */
extern void mime_pack_body(struct mime_pack *k);

/* Write text with LF, which becomes what lines end in; raw: bytes as they are. */
extern void mime_pack_put(struct mime_pack *k, char const *s);
extern void mime_pack_write(struct mime_pack *k, char const *s, size_t n);
extern void mime_pack_raw(struct mime_pack *k, char const *s, size_t n);

/* Whether what was looked at can be sent without encoding as 7bit, 8bit or binary. */
extern int mime_leaf_fits(struct mime_survey const *v, enum mime_cte cte);

/*
 * The transfer encoding: what -e asks for, or the best one. text: of any kind,
 * line ends count, and l->plan.type is set.
 */
extern enum mime_cte mime_leaf_cte(
    struct mime_pack *k, struct mime_leaf *l, struct mime_survey const *v, int text);

/* Whether its line ends are line ends, once it is planned. */
extern int mime_leaf_is_text(struct mime_leaf const *l);

/* Write the Content-ID of a leaf, without brackets, to out, MIME_PACK_NAME + 1 bytes; 0: none. */
extern int mime_leaf_cid(char *out, struct mime_leaf const *l);

/* Write the Content- fields of a leaf and the empty line. */
extern void mime_leaf_header(struct mime_pack *k, struct mime_leaf const *l);

/* Write its body. last: nothing follows, so it ends with a line end. */
extern void mime_leaf_body(struct mime_pack *k, struct mime_leaf *l, int last);

#endif
