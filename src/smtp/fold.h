/* fold.h - a header field being written: RFC 5322 2.2.3. */

#ifndef SMTP_FOLD_H
#define SMTP_FOLD_H

#include <stddef.h>

enum { FOLD_WIDTH = 76 /* characters of a line */ };

/* Begins with s and crlf set, all else zero. The caller knows what has room. */
struct fold {
	char *s;     /* his room */
	int crlf;    /* lines end with CRLF, else LF */
	size_t n;    /* bytes written */
	size_t line; /* where the present line begins */
	size_t word; /* where the present word begins; a word is never broken */
};

/* Text of our own, without line ends. */
extern void fold_text(struct fold *f, char const *s);

/* At most most bytes of another's text: what could do harm in a field is '?'. */
extern void fold_foreign(struct fold *f, char const *s, size_t most);

/* A blank, where the line may be folded. */
extern void fold_blank(struct fold *f);

/* A new line of the same field. */
extern void fold_line(struct fold *f);

/* The end of the field; another may follow. */
extern void fold_end(struct fold *f);

#endif
