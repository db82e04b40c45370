/* parser.h - the push parser: bytes in, events out. RFC 5322, 2045, 2046. */

#ifndef MIME_PARSER_H
#define MIME_PARSER_H

#include <stddef.h>
#include <stdint.h>

#include "mime/b64.h"
#include "mime/code.h"
#include "mime/decode.h"
#include "mime/longline.h"
#include "mime/part.h"

/* Defaults of struct mime_limits. */
#define MIME_DEPTH 100
#define MIME_PARTS 10000
#define MIME_HEADER 1048576
#define MIME_PARAMS 256

/* Bytes kept of one field, and of other things that wait for a decision. */
#define MIME_FIELD 65536
/*
 * A line, and the start of the next, that may be header or body. As much as of a
 * field would take the arena from 192 KiB to 240: what is read again as body needs
 * room of its own, for a uuencoded file in it takes that of the field.
 */
#define MIME_QUEUE 16384
#define MIME_LINE 4096 /* a line that may be a delimiter */
#define MIME_BOUNDARY 2048
#define MIME_LAYERS 2   /* containers that are encoded within each other */
#define MIME_CHUNK 8192 /* bytes decoded from one of them and not yet read */
#define MIME_SLOTS 256
#define MIME_POOL 32768 /* the boundaries of all open multiparts together */

/* What a small message needs of them: these lie next to each other. */
#define MIME_FEW_FRAMES 4
#define MIME_FEW_PARAMS 12
#define MIME_FEW_BYTES 192  /* of boundaries */
#define MIME_FEW_VALUES 384 /* bytes of the values of parameters */

struct mime_limits {
	unsigned int depth; /* containers within each other, at most 1000 */
	unsigned int parts; /* leaves */
	unsigned int params;
	uint64_t header; /* bytes of one header that are read for meaning */
	size_t field;    /* bytes kept of one field, at most MIME_FIELD */
};

/*
 * Events come in the order of the input, but what is wrong in the header of a
 * message is said at its end, when its section is known. s and n are valid during the call,
 * part from BEGIN to END. Of an entity: BEGIN, its FIELDs, HEAD, then DATA of a
 * leaf or the events of what is in a container, END. A uuencoded file comes
 * between the DATA of its text, with part->within set; part is that of the text
 * again after its END.
 */
enum mime_event_kind {
	MIME_EVENT_BEGIN, /* of part only depth, header and the section of a leaf are known */
	MIME_EVENT_FIELD, /* s, n: one field, unfolded, without line end */
	MIME_EVENT_HEAD,  /* a header has ended, part is filled; return what to do */
	MIME_EVENT_DATA,  /* s, n: decoded bytes of a leaf */
	MIME_EVENT_END,   /* part is complete; containers too */
	MIME_EVENT_RAW,   /* s, n: the input itself; piece says what it is part of */
	MIME_EVENT_WARN   /* code, level, offset; the section is that of part */
};

/*
 * What a byte of the input belongs to: every one comes in exactly one RAW
 * event, before what is made of it. So what comes between HEAD and END of an
 * entity is its body, and all of them together are the input.
 */
enum mime_piece {
	MIME_PIECE_HEADER,   /* fields, the empty line, what is skipped before and between */
	MIME_PIECE_BODY,     /* of a leaf */
	MIME_PIECE_PREAMBLE, /* of a multipart */
	MIME_PIECE_EPILOGUE,
	MIME_PIECE_DELIMITER /* with the line end before it */
};

struct mime_event {
	enum mime_event_kind kind;
	struct mime_part *part;
	char const *s;
	size_t n;
	uint64_t offset; /* of a WARN, of the first byte of a FIELD or of a RAW */
	enum mime_code code;
	enum mime_level level;
	enum mime_piece piece;
	int cut; /* the field was longer */
};

/* Answers to HEAD; to the other events any of them but MIME_STOP means go on. */
enum mime_answer {
	MIME_GO,    /* decode a leaf, look into a container */
	MIME_WHOLE, /* deliver a message/rfc822 as one leaf */
	MIME_STOP   /* end all parsing, feed and end return 0 */
};

typedef enum mime_answer mime_event_func(void *ctx, struct mime_event const *e);

/* The kind of a multipart, as far as it decides the class of its children. */
enum mime_multi {
	MIME_MIXED,
	MIME_ALTERNATIVE,
	MIME_RELATED,
	MIME_SIGNED,
	MIME_DIGEST,
	MIME_OTHER
};

/* Private: one open container. */
struct mime_frame {
	enum mime_multi multi;
	int message;     /* a message/rfc822, not a multipart */
	int alternative; /* inside a later part of an alternative */
	int closed;      /* its closing delimiter has been seen */
	int guess;       /* it has no boundary: the first likely one is taken */
	uint16_t outer;  /* the next one outwards in its slot, from 1; 0 if there is none */
	uint32_t hash;   /* of the boundary */
	uint32_t start;  /* hash of the start parameter of a related, 0 if none */
	size_t boundary; /* its place in the pool */
	size_t len;      /* and length */
	size_t section;  /* length of the section prefix of its children */
	uint64_t children;
};

/* What a line is to the open multiparts. Private. */
struct mime_delimiter {
	int found;
	unsigned int frame; /* which of them */
	int close;          /* the closing one */
	int own;            /* of the entity whose header is being read */
	int guess;          /* only if a field follows */
};

/*
 * Private: one stream of bytes, and the body in it. The lowest is the input,
 * each of the others what is decoded from a body of the one below it.
 */
struct mime_layer {
	char end;          /* LF, or CR where lines end so */
	uint64_t offset;   /* of the next byte */
	uint64_t origin;   /* offset in the input of the body it is decoded from */
	unsigned int base; /* frames below this one belong to the streams below */
	int fed;           /* no more bytes will come */
	int rest;          /* no delimiter counts any more: limit-parts */
	int over;          /* and what was held of the body has been given out */
	mime_codes codes;  /* of its decoding */
	mime_codes damage;
	char *chunk; /* MIME_CHUNK: decoded bytes that wait; the lowest needs none */
	size_t chunked;
	size_t next;
	int bol; /* at the start of a line of a body */
	size_t pendlen;
	char pending[2]; /* the line end before it */
	size_t heldlen;
	int ending;                  /* a delimiter was read, and what is decoded must end first: */
	struct mime_delimiter final; /* its line is held */
	struct mime_decoder decoder; /* of the leaf, or to the stream above */
	char *held;                  /* MIME_LINE: the start of a line that may be a delimiter */
};

/* Private: whether a line is a field, by its bytes up to the colon. */
enum mime_naming {
	MIME_NAMING_START,
	MIME_NAMING_NAME,
	MIME_NAMING_BLANK, /* between name and colon */
	MIME_NAMING_FIELD,
	MIME_NAMING_NONE
};

/* Private: where in the text of a leaf, which may hold uuencoded files. */
enum mime_uutext_state {
	MIME_UUTEXT_OFF, /* none are looked for */
	MIME_UUTEXT_TEXT,
	MIME_UUTEXT_LINE, /* in a line that may begin one */
	MIME_UUTEXT_NEXT, /* in the line after it */
	MIME_UUTEXT_FILE
};

struct mime_uutext {
	enum mime_uutext_state state;
	int bol;
	size_t held;    /* bytes of the line, or two, that wait */
	size_t line;    /* those of the first */
	uint64_t at;    /* bytes of the body read */
	uint64_t begin; /* and where the line that waits, or began the file, is in it */
	unsigned int files;
	struct mime_uu uu;
};

/* Private: a WARN that waits for the section it is about. */
struct mime_waiting {
	enum mime_code code;
	enum mime_level level;
	uint64_t offset;
};

enum mime_state {
	MIME_STATE_SNIFF, /* looking for the first line end */
	MIME_STATE_LAZY,  /* after a delimiter, before the first byte of a header */
	MIME_STATE_FIELD, /* in the header */
	MIME_STATE_JUNK,  /* after a line in the header that is no field */
	MIME_STATE_CODED, /* before a body that must not be encoded, and may be */
	MIME_STATE_GUESS, /* after a line that may be a delimiter if a field follows */
	MIME_STATE_BODY   /* in a leaf, a preamble or an epilogue */
};

/* All fields are private. */
struct mime_parser {
	mime_event_func *func;
	void *ctx;
	struct mime_limits limits;
	enum mime_eol eol; /* of text: set it between init and feed */
	int uuencoded;     /* files in text are parts (R22), which is so from init on: likewise */
	int epilogues;     /* delimiters after the closing one count too (R5): likewise */
	unsigned int unwanted; /* events not to be sent, bits 1 << kind: likewise */
	int eof;
	int stopped;
	enum mime_state state;
	unsigned int leaves;

	/* Of these two only the few, until they do not fit there: then all are moved. */
	struct mime_frame *frames;
	struct mime_frame *deep;    /* limits.depth of them */
	unsigned int depth;         /* frames in use */
	uint16_t slots[MIME_SLOTS]; /* by hash of the boundary: the innermost frame, from 1 */
	char *pool;
	char *large; /* MIME_POOL */
	size_t pooled;

	char *field; /* MIME_FIELD: the field so far, unfolded */
	size_t fielded;
	size_t line;   /* where the current line begins in it */
	int bol;       /* at the start of a line of the header */
	int folded;    /* the line goes on with the field before it */
	int known;     /* the line is part of the header, and was given out as that */
	int mark;      /* a byte order mark may stand before the first field */
	int marked;    /* the line may begin with one */
	uint64_t from; /* offset of the field */
	enum mime_naming naming;
	int cut;             /* bytes of the field did not fit */
	int fields;          /* this header has had a field */
	int versioned;       /* it had MIME-Version */
	int content;         /* it had a Content- field */
	int ctypes;          /* how often it had Content-Type */
	int typed;           /* 1: a usable Content-Type was seen, 2: with a boundary */
	int encoded;         /* a transfer encoding was seen */
	int plain;           /* it is text/plain: once the header has ended */
	unsigned int ranked; /* enum mime_rank: where the name came from */
	enum mime_multi multi;
	uint32_t start;
	size_t boundary; /* length of the boundary that waits at pool + pooled */
	uint64_t header; /* offset of this header */
	int nameless;    /* whether it is of a multipart, and so its section, is not known yet */
	unsigned int waiting; /* what is to be said when it is */
	struct mime_waiting waits[MIME_CODES];

	char *queue; /* MIME_QUEUE: bytes to be read again */
	size_t queued;
	size_t next;
	char const *back; /* what the last step gave back, and how much */
	size_t backlen;

	struct mime_layer *layers; /* MIME_LAYERS + 1 */
	char *lines;               /* MIME_LINE for each of them */
	char *chunks;              /* MIME_LAYERS of MIME_CHUNK */
	unsigned int top;          /* the highest in use: all states but BODY are of that */
	struct mime_layer *layer;  /* the one that is being read */
	uint64_t given;            /* bytes of the input that were given out */
	int leaf;                  /* a leaf is open */
	struct mime_uutext uutext;
	struct mime_longline longline; /* of the leaf */

	char *scratch;             /* values of parameters, then decoded bytes */
	size_t room;               /* of scratch: MIME_DECODE_OUT or more */
	struct mime_param *params; /* limits.params */
	struct mime_param *few;    /* MIME_FEW_PARAMS, and their values: those of most fields */
	char *values;
	enum mime_cpu cpu; /* kept once it is known; may be set between init and feed */
	mime_codes codes;  /* of the whole input */
	mime_codes damage;
	struct mime_part *part;
};

/* Bytes of arena that mime_parser_init needs for these limits. */
extern size_t mime_parser_arena(struct mime_limits const *limits);

/*
 * Start. arena is aligned for any type, has mime_parser_arena bytes and
 * outlives the parser. Where it has more (len), up to MIME_DECODE_MOST bytes are
 * decoded to one event, which saves copies. Returns 0 if it is too small or a
 * limit is out of range.
 */
extern int mime_parser_init(struct mime_parser *p, struct mime_limits const *limits, void *arena,
    size_t len, mime_event_func *func, void *ctx);

/* The next n bytes, cut anywhere. Returns 1, or 0 once an event was answered MIME_STOP. */
extern int mime_parser_feed(struct mime_parser *p, char const *s, size_t n);

/* The end of the input. Returns as feed does. */
extern int mime_parser_end(struct mime_parser *p);

#endif
