/* compose.h - header fields in the form they are sent in: RFC 5322, 2047, 2231. */

#ifndef MIME_COMPOSE_H
#define MIME_COMPOSE_H

#include <stddef.h>

/* The longest text or display name, the longest list of addresses, and room for any field. */
#define MIME_VALUE 4096
#define MIME_LIST 60000
#define MIME_COMPOSED (8 * MIME_LIST)

/* The longest field name. */
#define MIME_COMPOSE_NAME 99

/* The longest file name. */
#define MIME_PACK_NAME 255

/* Whether s can be a field name: printable, no blank, no colon (RFC 5322 3.6.8). */
extern int mime_compose_is_name(char const *s, size_t n);

/* Whether s holds a CR or a LF, which no value may. */
extern int mime_compose_breaks(char const *s);

/*
 * In all of these utf8 says that text goes out in UTF-8 as it is (RFC 6532), not
 * as encoded words or percent escapes.
 */

/*
 * Write "name: value" LF, folded at blanks so that lines stay within 78
 * columns where they can; what is not printable ASCII becomes encoded words.
 * value has at most MIME_VALUE bytes, UTF-8 or windows-1252, without CR and LF.
 * Returns the length.
 */
extern size_t mime_compose_text(char *out, char const *name, char const *value, int utf8);

/* The value alone, without a line end; column is where it begins. */
extern size_t mime_compose_value(char *out, char const *value, size_t column, int utf8);

/*
 * The same as mime_compose_text for a list of addresses: "a@b", "<a@b>" or
 * "display name <a@b>", commas between them. Display names are quoted or encoded
 * as they need; the rest must be ASCII, or with utf8 UTF-8 (RFC 6532 3.2). list
 * has at most MIME_LIST bytes. Returns 0 if there is no address, or one
 * that is none.
 */
extern size_t mime_compose_addresses(char *out, char const *name, char const *list, int utf8);

/*
 * The same for a field "Name: value", its name at most MIME_COMPOSE_NAME bytes,
 * its value at most MIME_VALUE: a list of addresses if the name says so and it
 * is not ASCII, else text.
 */
extern size_t mime_compose_field(char *out, char const *field, int utf8);

/*
 * Write what follows the last slash or backslash of name, without controls, to out, at most
 * MIME_PACK_NAME bytes of UTF-8 and a 0. Returns 0 if it is longer.
 */
extern int mime_compose_filename(char *out, char const *name);

/*
 * Write ";" LF blank and the name parameter of Content-Type; the length. In an
 * encoded word quotes and backslashes are "_": filename says what it really is.
 */
extern size_t mime_compose_name(char *out, char const *name, int utf8);

/* The same for the filename parameter of Content-Disposition, RFC 2231 if it must be. */
extern size_t mime_compose_disposition(char *out, char const *name, int utf8);

#endif
