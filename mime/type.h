/* type.h - media types from names and contents, and names from types. */

#ifndef MIME_TYPE_H
#define MIME_TYPE_H

#include <stddef.h>

/* The usual extension without period for a lower-case type; "bin" if there is none. */
extern char const *mime_type_extension(char const *type);

/* The type for the extension of a file name, or NULL. */
extern char const *mime_type_of_name(char const *name, size_t n);

/* The type the first bytes of a file show, or NULL; 512 bytes are enough. */
extern char const *mime_type_of_bytes(char const *s, size_t n);

#endif
