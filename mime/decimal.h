/* decimal.h - numbers as digits. */

#ifndef MIME_DECIMAL_H
#define MIME_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

/* The most digits there can be. */
#define MIME_DECIMAL 20

/* Write v to out, without a 0 behind it; returns the number of its digits. */
extern size_t mime_decimal(char *out, uint64_t v);

#endif
