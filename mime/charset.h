/* charset.h - text in a declared charset to UTF-8. */

#ifndef MIME_CHARSET_H
#define MIME_CHARSET_H

#include <stddef.h>
#include <stdint.h>

struct mime_charset; /* constant, never freed */

/*
 * The charset a label means, by the aliases of the WHATWG Encoding standard as
 * far as they are built in. An empty or meaningless label (x-unknown, default)
 * gives the guess: UTF-8 if it is valid, else windows-1252. A label that is
 * not known gives a charset whose bytes above 127 cannot be decoded unless
 * they happen to be UTF-8. Never NULL.
 */
extern struct mime_charset const *mime_charset_find(char const *label, size_t n);

/*
 * Convert the n bytes at in to UTF-8, at most max bytes, cut at a code point.
 * What cannot be decoded becomes U+FFFD and sets *bad; it is never cleared.
 * Returns the bytes written. One byte becomes at most three.
 */
extern size_t mime_charset_utf8(
    struct mime_charset const *cs, char const *in, size_t n, char *out, size_t max, int *bad);

/* Upper halves, in charsettable.c: code point of byte 128 + i, 0 if none. */
extern uint16_t const mime_charset_iso8859_2[128];
extern uint16_t const mime_charset_iso8859_5[128];
extern uint16_t const mime_charset_iso8859_7[128];
extern uint16_t const mime_charset_iso8859_15[128];
extern uint16_t const mime_charset_windows_1250[128];
extern uint16_t const mime_charset_windows_1251[128];
extern uint16_t const mime_charset_windows_1252[128];
extern uint16_t const mime_charset_windows_1253[128];
extern uint16_t const mime_charset_windows_1254[128];
extern uint16_t const mime_charset_windows_1257[128];
extern uint16_t const mime_charset_koi8_r[128];
extern uint16_t const mime_charset_koi8_u[128];

#endif
