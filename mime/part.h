/* part.h - what the header of one part says. */

#ifndef MIME_PART_H
#define MIME_PART_H

#include <stddef.h>
#include <stdint.h>

#include "mime/code.h"

/* Sizes with the terminating 0. */
#define MIME_SECTION_SIZE 4096
#define MIME_TYPE_SIZE 128
#define MIME_TOKEN_SIZE 64
#define MIME_CID_SIZE 256
#define MIME_NAME_SIZE 4096
#define MIME_NAME_ROOM (MIME_NAME_SIZE + 4) /* to see that there was more */

enum mime_class {
	MIME_CLASS_MULTI,
	MIME_CLASS_MSG,
	MIME_CLASS_BODY,
	MIME_CLASS_ALT,
	MIME_CLASS_INLINE,
	MIME_CLASS_SIG,
	MIME_CLASS_REPORT,
	MIME_CLASS_ATTACH,
	MIME_CLASSES
};

enum mime_cte {
	MIME_CTE_7BIT,
	MIME_CTE_8BIT,
	MIME_CTE_BINARY,
	MIME_CTE_QP,
	MIME_CTE_B64,
	MIME_CTE_UU,
	MIME_CTE_UNKNOWN
};

enum mime_disposition {
	MIME_DISPOSITION_NONE,
	MIME_DISPOSITION_INLINE,
	MIME_DISPOSITION_ATTACHMENT
};

/*
 * One entity. Strings are 0-terminated and belong to the parser; the part is
 * valid from its HEAD event until its END event. Offsets count bytes from the
 * start of the input.
 */
struct mime_part {
	unsigned int depth; /* containers around it */
	int container;      /* it is looked into: multipart, or a message */
	int within;         /* a uuencoded file in the text that has just been read */
	int coded;          /* in an encoded container, which is where its offsets point */
	int text;           /* text of any kind: line ends may be converted */
	enum mime_class class;
	enum mime_cte cte;
	enum mime_disposition disposition;
	uint64_t header;
	uint64_t body;
	uint64_t end;  /* without the line end that belongs to the delimiter */
	uint64_t size; /* decoded */
	mime_codes codes;
	mime_codes damage;         /* those of codes that are damage here */
	char type[MIME_TYPE_SIZE]; /* lower case, "type/subtype" */
	char charset[MIME_TOKEN_SIZE];
	char token[MIME_TOKEN_SIZE]; /* the transfer encoding as it was named */
	char cid[MIME_CID_SIZE];
	size_t namelen;
	char section[MIME_SECTION_SIZE];
	char name[MIME_NAME_ROOM]; /* UTF-8, decoded, not made safe; may hold any byte */
};

/* The word of a class or of an encoding, as it stands in records. */
extern char const *mime_class_name(enum mime_class class);
extern char const *mime_cte_name(enum mime_cte cte);

#endif
