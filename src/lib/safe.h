/* safe.h - foreign bytes made safe for a reply or a log line. */

#ifndef LIB_SAFE_H
#define LIB_SAFE_H

#include <stddef.h>

/*
 * Copy at most max - 1 of the n bytes of in to out, every byte that is not
 * printable US-ASCII (0x20 to 0x7E) as '?', and end out with a 0. Returns the
 * length of out. max is at least 1.
 */
extern size_t safe_text(char *out, size_t max, char const *in, size_t n);

/*
 * The same for log values: every byte outside 0x21 to 0x7E, and '%' and '"',
 * as %HH, so that a value is one word. A byte whose three characters no longer
 * fit ends the copy.
 */
extern size_t safe_word(char *out, size_t max, char const *in, size_t n);

/*
 * The other way for log values: as it is where all bytes are 0x21 to 0x7E and
 * none is '"', '\' or '='; else between quotes, with bytes outside 0x20 to 0x7E
 * and those three as \xHH: so no value holds anything that looks like key=value.
 * What no longer fits is cut, the closing quote never. max is at least 8.
 */
extern size_t safe_quoted(char *out, size_t max, char const *in, size_t n);

/* 1 if all n bytes are printable US-ASCII or, with utf8 set, 0x80 and above. */
extern int safe_is(char const *s, size_t n, int utf8);

#endif
