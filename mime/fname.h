/* fname.h - file names from strangers made safe. */

#ifndef MIME_FNAME_H
#define MIME_FNAME_H

#include <stddef.h>

/* Longest name made, without a terminating 0. */
#define MIME_FNAME_MAX 200

enum { MIME_FNAME_CHANGED = 1, MIME_FNAME_CUT = 2 };

/*
 * A name that is one component, printable, and harmless to a shell, a terminal
 * and a Windows share: what follows the last slash or backslash, dangerous
 * characters as "_", no leading period, dash or tilde. Blanks and letters of
 * all scripts stay. name is UTF-8, n bytes; out has room for
 * MIME_FNAME_MAX + 1 bytes and is 0-terminated. Returns the length, 0 if
 * nothing is left. *what says what happened. f(f(x)) = f(x).
 */
extern size_t mime_fname(char *out, char const *name, size_t n, unsigned int *what);

/*
 * Make what mime_fname made at most max bytes long, 32 to MIME_FNAME_MAX: the
 * stem is cut at a character, a short extension stays. Returns the length.
 */
extern size_t mime_fname_cut(char *name, size_t n, size_t max);

/* Put "_" for every character of it but ASCII letters, digits, "." "_" "-"; the length. */
extern size_t mime_fname_ascii(char *name, size_t n);

/* One of these, or both: only ASCII, at most max bytes. Returns what happened to name. */
extern unsigned int mime_fname_narrow(char *name, int ascii, size_t max);

/* The name of a nameless part: "part-" section "." extension of the type. */
extern size_t mime_fname_default(char *out, char const *section, char const *type);

/* The length of name without its extension. */
extern size_t mime_fname_stem(char const *name);

/*
 * Another name for out, number 2 or more: the stem, "~", the number, the
 * extension. out has room for MIME_FNAME_MAX + 12 bytes.
 */
extern size_t mime_fname_next(char *out, char const *name, unsigned int number);

#endif
