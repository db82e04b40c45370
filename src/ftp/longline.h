/* longline.h - one line of LIST, as ls -l prints it. */

#ifndef FTP_LONGLINE_H
#define FTP_LONGLINE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/*
 * Put the line for name, CRLF at its end, to line; control bytes of the name
 * become '?'. now is in seconds since 1970. Returns the length.
 */
extern size_t longline(char *line, struct stat const *st, char const *name, int64_t now);

#endif
