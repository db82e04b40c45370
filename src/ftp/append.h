/* append.h - text put together without stdio: each call returns the new end. */

#ifndef FTP_APPEND_H
#define FTP_APPEND_H

#include <stddef.h>
#include <stdint.h>

/* Nothing writes a final 0; the caller knows that the bytes fit. */
extern char *append_text(char *p, char const *s);
extern char *append_bytes(char *p, char const *s, size_t n);

/* Decimal, at least width characters, filled with fill from the left. */
extern char *append_number(char *p, uint64_t n, size_t width, char fill);
extern char *append_octal(char *p, unsigned int n, size_t width);
extern char *append_hex(char *p, uint64_t n);

#endif
