/* param.h - parameters of a field, RFC 2045 section 5.1 and RFC 2231. */

#ifndef MIME_PARAM_H
#define MIME_PARAM_H

#include <stddef.h>

struct mime_param {
	char const *name; /* as it came, without blanks */
	size_t namelen;
	char const *value; /* quotes and quoted pairs resolved */
	size_t len;
};

/* The caller owns list and text; both are written by mime_params_parse. */
struct mime_params {
	struct mime_param *list;
	size_t max; /* entries of list */
	size_t n;
	char *text;
	size_t room; /* bytes of text */
	int cut;     /* there was more than fitted */
	int starred; /* a name has an asterisk */
};

/*
 * Parse what follows the type: "; a=b; c = "d e" (comment)". Names point into
 * s, values into text. Tolerates a missing semicolon, blanks around the equals
 * sign, a missing closing quote, and blanks in an unquoted file name.
 */
extern void mime_params_parse(struct mime_params *p, char const *s, size_t n);

/* The length of the word, in lower case, if the name of p begins with it, else 0. */
extern size_t mime_param_begins(struct mime_param const *p, char const *word);

/* The first parameter called name (lower case), or NULL; *twice if there is another. */
extern struct mime_param const *mime_params_find(
    struct mime_params const *p, char const *name, int *twice);

/* Whether name, or one of its segments, is given more than once. */
extern int mime_params_twice(struct mime_params const *p, char const *name);

/* Where a value came from; the larger one wins (RFC 6266 4.3 has the same order). */
enum mime_param_kind { MIME_PARAM_NONE, MIME_PARAM_PLAIN, MIME_PARAM_EXTENDED };

/* What was wrong with a value: its charset, or there was more of it than is read. */
enum { MIME_PARAM_BAD = 1, MIME_PARAM_CUT = 2 };

/*
 * The value of name in UTF-8: name* or its numbered segments (a gap ends them,
 * at most 100 and 4100 bytes), else, or if that is empty, name with its encoded
 * words decoded. Writes at most max bytes to out and their number to *len; *bad
 * gets bits of the above.
 */
extern enum mime_param_kind mime_params_text(
    struct mime_params const *p, char const *name, char *out, size_t max, size_t *len, int *bad);

/* Length of the comment that opens at s[0], nested ones included; n if it does not end. */
extern size_t mime_comment(char const *s, size_t n);

#endif
