/* walk.h - the header of a message on a descriptor, line by line. Not part of the pure library. */

#ifndef MIME_WALK_H
#define MIME_WALK_H

#include <stddef.h>

/* Bytes in memory; longer lines come in pieces. */
#define MIME_WINDOW 131072

enum mime_line {
	MIME_LINE_LEAD, /* before the first field: a byte order mark, an empty line, an mbox line */
	MIME_LINE_FIELD, /* a field begins: name and colon are set */
	MIME_LINE_FOLD,  /* it goes on, after a line end; with gather by many lines perhaps */
	MIME_LINE_MORE,  /* the line before goes on: it was too long */
	MIME_LINE_JUNK,  /* a line that is no field; one follows */
	MIME_LINE_OVER,  /* the header has ended; what has been read of the body is s, n */
	MIME_LINE_ERROR  /* errno says why */
};

struct mime_walk {
	/* the line, valid until the next call */
	char const *s;
	size_t n;     /* with its line end */
	size_t text;  /* without */
	size_t name;  /* length of the name of a field */
	size_t colon; /* where its value begins */
	char eol[3];  /* how lines end: LF, CRLF, or CR where the first 8192 bytes hold no LF */
	int blank;    /* OVER: the body comes after an empty line, which is the first of s */
	int gather; /* set it, at any time, where lines that are folded need not come one by one */

	/* private */
	int fd;
	int eof;
	int fields; /* there has been one */
	int mboxed; /* a "From " line too */
	int open;   /* the line has not ended */
	size_t from;
	size_t have;
	char window[MIME_WINDOW];
};

/* Read from fd. Returns 1, or 0 with errno set. */
extern int mime_walk_begin(struct mime_walk *k, int fd);

/*
 * The next line. The header ends at an empty line, at a line that begins with
 * two dashes, and at one that is no field unless a field follows it (RFC 7103
 * 7.2). Nothing comes after OVER or ERROR.
 */
extern enum mime_line mime_walk_next(struct mime_walk *k);

#endif
