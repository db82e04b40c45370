/* code.h - the stable names of everything the parser may have to say. */

#ifndef MIME_CODE_H
#define MIME_CODE_H

#include <stdint.h>

/* A notice has no consequence; damage: bytes may be missing or altered; a
 * limit stopped part of the work. */
enum mime_level { MIME_NOTICE, MIME_DAMAGE, MIME_LIMIT };

enum mime_code {
	MIME_NO_CLOSE, /* damage only inside a base64 quantum */
	MIME_B64_SHORT,
	MIME_B64_JUNK, /* damage only above one character in a hundred */
	MIME_B64_TRAILER,
	MIME_BAD_QP,
	MIME_BAD_UU,
	MIME_DUP_CTYPE,
	MIME_DUP_CTE,
	MIME_DUP_PARAM,
	MIME_UNK_CTE,
	MIME_BOUNDARY_GUESSED,
	MIME_NO_BOUNDARY,
	MIME_NO_BLANK,
	MIME_EPILOGUE_PARTS,
	MIME_BARE_CR,
	MIME_BAD_CHARSET,
	MIME_BAD_UTF8,  /* bodies only: names have the one before */
	MIME_TRUNCATED, /* in a header, or in a line of base64 that nothing encloses */
	MIME_NAME_LOST,
	MIME_LIMIT_DEPTH,
	MIME_LIMIT_PARTS,
	MIME_LIMIT_FIELD,
	MIME_LIMIT_HEADER,
	MIME_LIMIT_FILES,
	MIME_LIMIT_BYTES,
	MIME_8BIT_HDR,
	MIME_HDR_JUNK,
	MIME_NUL_HDR,
	MIME_CTE_ON_MULTI,
	MIME_NAME_CHANGED,
	MIME_NAME_CUT,
	MIME_NO_VERSION,
	MIME_NO_SUBTYPE,
	MIME_LONG_LINE,
	MIME_QP_SPACE,
	MIME_OBS_FOLD,
	MIME_MBOX_FROM,
	MIME_BOUNDARY_LONG,
	MIME_DUP_BOUNDARY,
	MIME_TNEF,
	MIME_CODES
};

/* A set of codes: bit 1 << code. */
typedef uint64_t mime_codes;

/* The word that stands in records, such as "no-close". */
extern char const *mime_code_name(enum mime_code code);

/* One sentence without period for a warning line. */
extern char const *mime_code_text(enum mime_code code);

/* The level it has when nothing says otherwise. */
extern enum mime_level mime_code_level(enum mime_code code);

#endif
