/* uu.h - uuencode, the historical algorithm of POSIX uuencode(1). */

#ifndef MIME_UU_H
#define MIME_UU_H

#include <stddef.h>
#include <stdint.h>

/* The bytes a line can stand for; the longest word that is looked for at its start. */
#define MIME_UU_LINE 63
#define MIME_UU_LONGEST 12

enum mime_uu_state {
	MIME_UU_LOOK,  /* before the line that begins the file */
	MIME_UU_START, /* at the start of a line of the file */
	MIME_UU_DATA,  /* in one that has its count */
	MIME_UU_REST,  /* in one that gives nothing more */
	MIME_UU_WORD,  /* in one that is no data */
	MIME_UU_OVER   /* after the line that ends the file */
};

/*
 * A tolerant decoder of one file: characters outside of the alphabet are
 * skipped, blanks missing at the end of a line are zeros, more than its count
 * says is ignored, so are lines that are none. Set end, and state to
 * MIME_UU_START if the begin line has been read; the rest is zero at the start.
 */
struct mime_uu {
	char end; /* the byte that ends a line: LF, or CR where lines end so */
	enum mime_uu_state state;
	unsigned int left; /* bytes that this line has still to give */
	uint32_t bits;     /* characters waiting, the last one lowest */
	unsigned int held; /* how many, 0 to 3 */
	uint64_t junk;     /* characters skipped, in lines that are none too */
	size_t words;      /* bytes of word; MIME_UU_LONGEST + 1: more */
	char word[MIME_UU_LONGEST];
};

/*
 * Whether a line, n bytes without its line end, begins a file: "begin", a mode
 * of 3 or 4 octal digits, a name, which is then at *name, *len bytes.
 */
extern int mime_uu_begin(char const *line, size_t n, char const **name, size_t *len);

/*
 * Decode in, to the line that ends the file at most. out has room for
 * (n / 2 + 1) * MIME_UU_LINE bytes: a line of zeros may have lost them all. Writes
 * from out + *w on, adds to *w and returns the bytes used, fewer than n only once the
 * state is MIME_UU_OVER. Any cutting of the input gives the same bytes.
 */
extern size_t mime_uu_decode(struct mime_uu *d, char const *in, size_t n, char *out, size_t *w);

/* The end of the input before that line: at most MIME_UU_LINE bytes. */
extern size_t mime_uu_finish(struct mime_uu *d, char *out);

#endif
