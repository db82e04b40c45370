/* options.h - the options of ls(1) that clients write before a path. Pure. */

#ifndef FTP_OPTIONS_H
#define FTP_OPTIONS_H

enum options_order { ORDER_NAME, ORDER_TIME, ORDER_SIZE };

struct options {
	enum options_order order; /* -t: newest first; -S: largest first; the last one counts */
	int reverse;              /* -r */
	int dots;                 /* -a, -A: what FTP_HIDE names too */
	int self;                 /* -a: "." and ".." too */
	int alone;                /* -d: a directory itself */
	int recursive;            /* -R */
};

/*
 * The words at the beginning of arg that are a '-' and letters or '1' are
 * options, up to a word "--"; letters without a meaning here are ignored.
 * Returns what follows behind one blank: one path, with all its blanks, or "".
 */
extern char *options_take(struct options *o, char *arg);

#endif
