/* charset.h - text in a declared charset to UTF-8. */

#ifndef MIME_CHARSET_H
#define MIME_CHARSET_H

#include <stddef.h>
#include <stdint.h>

struct mime_charset; /* constant, never freed */

/*
 * The charset a label means, by the labels of the WHATWG Encoding standard
 * (us-ascii and iso-8859-1 are windows-1252, gb2312 is gb18030, and so on) and
 * some more. An empty or meaningless label (x-unknown, default) gives the
 * guess: UTF-8 if it is valid, else windows-1252. A label that is not known
 * gives a charset whose bytes above 127 cannot be decoded unless they happen
 * to be UTF-8. Never NULL.
 */
extern struct mime_charset const *mime_charset_find(char const *label, size_t n);

/* Whether text is copied, and only what is not UTF-8 replaced. */
extern int mime_charset_is_utf8(struct mime_charset const *cs);

/* Whether every encoded word begins anew in this charset, whatever the one before left. */
extern int mime_charset_shifts(struct mime_charset const *cs);

/*
 * Convert the n bytes at in to UTF-8, at most max bytes, cut at a code point.
 * What cannot be decoded becomes U+FFFD and sets *bad; it is never cleared.
 * Returns the bytes written. One byte becomes at most three.
 */
extern size_t mime_charset_utf8(
    struct mime_charset const *cs, char const *in, size_t n, char *out, size_t max, int *bad);

/* Bytes of a character that has not ended, at most. */
#define MIME_CONVERTER_HELD 8

/* Room for what n bytes become, held ones included. */
#define MIME_CONVERTED(n) (3 * (n) + 32)

/* All fields but bad are private. */
struct mime_converter {
	struct mime_charset const *cs;
	int bad;     /* something could not be decoded; never cleared */
	int last;    /* no more bytes will come */
	int settled; /* a guess: it is not UTF-8. Others: the byte order is known */
	int swapped; /* the byte order is not the declared one */
	int opened;  /* handle is */
	void *handle;
	uint32_t high; /* the first half of a surrogate pair */
	int shifted;   /* UTF-7: in base64 */
	int empty;     /* and nothing has come of it yet */
	uint32_t bits; /* what has not become a unit */
	unsigned int nbits;
	size_t held;
	char hold[MIME_CONVERTER_HELD];
};

/*
 * The same for text that comes in pieces, cut anywhere. A guess holds until
 * the first bytes that are not UTF-8: from there on it is windows-1252. The
 * multibyte charsets of East Asia and some old ones are iconv(3)'s, which is
 * opened at their first byte and not before: it may allocate, and where the C
 * library keeps its tables in files, read them. What it does not know is
 * decoded as an unknown charset is.
 */
extern void mime_convert_begin(struct mime_converter *c, struct mime_charset const *cs);

/* out has room for MIME_CONVERTED(n) bytes. Returns the bytes written. */
extern size_t mime_convert(struct mime_converter *c, char const *in, size_t n, char *out);

/* No more will come: what is held cannot be decoded. out has room for MIME_CONVERTED(0). */
extern size_t mime_convert_end(struct mime_converter *c, char *out);

#endif
