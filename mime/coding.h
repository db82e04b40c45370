/* coding.h - how the bytes of a charset become characters. Private to the charset files. */

#ifndef MIME_CODING_H
#define MIME_CODING_H

#include <stddef.h>
#include <stdint.h>

#include "mime/charset.h"

/* UTF-8 in the making; there is room. */
struct mime_text {
	char *s;
	size_t n;
};

/*
 * Take what can be taken of the n > 0 bytes at s, at least one character, and
 * add it to out; what cannot be decoded becomes U+FFFD. Returns the bytes
 * taken; 0 asks for more of them, which no more happens when c->last is set.
 */
typedef size_t mime_take(struct mime_converter *c, char const *s, size_t n, struct mime_text *out);

struct mime_charset {
	mime_take *take;
	uint16_t const *upper; /* of a table: code point of byte 128 + i, 0 if none */
	char const *names;     /* for iconv(3), to be tried in turn; an empty one ends them */
};

extern mime_take mime_take_utf8;
extern mime_take mime_take_guess;
extern mime_take mime_take_table;
extern mime_take mime_take_utf16le;
extern mime_take mime_take_utf16be;
extern mime_take mime_take_utf7;
extern mime_take mime_take_iconv;

/* Close what mime_take_iconv opened. */
extern void mime_iconv_close(struct mime_converter *c);

/*
 * The bytes of the character at s, if iconv may see it; 0 asks for more than
 * the n > 0 there are, -1 says that s begins none.
 */
typedef int mime_character(char const *s, size_t n);

/* How characters are told apart in the charset of this name; NULL: that is iconv's business. */
extern mime_character *mime_character_of(char const *name);

/* Whether s begins a character above FFFF in GB18030, four bytes, and which. */
extern int mime_character_gb18030(char const *s, size_t n, uint32_t *point);

/* Add a character, and U+FFFD for what is none. */
extern void mime_text_put(struct mime_text *out, uint32_t c);
extern void mime_text_bad(struct mime_converter *c, struct mime_text *out);

/*
 * Add a unit of UTF-16 (RFC 2781 2.2). The first half of a pair waits in
 * c->high; one that stands alone becomes U+FFFD.
 */
extern void mime_text_unit(struct mime_converter *c, struct mime_text *out, uint32_t unit);

extern uint16_t const mime_upper_ibm866[128];
extern uint16_t const mime_upper_iso8859_2[128];
extern uint16_t const mime_upper_iso8859_3[128];
extern uint16_t const mime_upper_iso8859_4[128];
extern uint16_t const mime_upper_iso8859_5[128];
extern uint16_t const mime_upper_iso8859_6[128];
extern uint16_t const mime_upper_iso8859_7[128];
extern uint16_t const mime_upper_iso8859_8[128];
extern uint16_t const mime_upper_iso8859_10[128];
extern uint16_t const mime_upper_iso8859_13[128];
extern uint16_t const mime_upper_iso8859_14[128];
extern uint16_t const mime_upper_iso8859_15[128];
extern uint16_t const mime_upper_iso8859_16[128];
extern uint16_t const mime_upper_koi8_r[128];
extern uint16_t const mime_upper_koi8_u[128];
extern uint16_t const mime_upper_macintosh[128];
extern uint16_t const mime_upper_windows_874[128];
extern uint16_t const mime_upper_windows_1250[128];
extern uint16_t const mime_upper_windows_1251[128];
extern uint16_t const mime_upper_windows_1252[128];
extern uint16_t const mime_upper_windows_1253[128];
extern uint16_t const mime_upper_windows_1254[128];
extern uint16_t const mime_upper_windows_1255[128];
extern uint16_t const mime_upper_windows_1256[128];
extern uint16_t const mime_upper_windows_1257[128];
extern uint16_t const mime_upper_windows_1258[128];
extern uint16_t const mime_upper_x_mac_cyrillic[128];
#endif
