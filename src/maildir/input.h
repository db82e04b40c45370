/* input.h - the message, as it comes in on a descriptor. */

#ifndef MAILDIR_INPUT_H
#define MAILDIR_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "lib/frame.h"

struct trouble;

/*
 * A regular file is read from offset 0, wherever its position is (the position
 * is left alone), and must end where fstat said it would. Anything else
 * is read as a stream; if it is non-blocking, poll(2) waits for it.
 */
struct input {
	int fd;
	int framed;   /* netstrings, closed by an empty one */
	uint64_t max; /* bytes of message, 0 for no limit */

	struct stat st;
	uint64_t at;  /* bytes read from fd */
	uint64_t got; /* bytes of message given out */
	struct frame frame;
};

/*
 * Take fd, which stays the caller's. Fails when fd is not open, or a plain
 * regular file is already larger than max.
 */
extern int input_open(struct input *in, int fd, int framed, uint64_t max, struct trouble *why);

/*
 * Read up to size bytes of message into buf. Returns 1 with *n > 0, or with
 * *n == 0 at the end of a whole message; 0 with why when the message is too
 * big, cut short, badly framed or not readable.
 */
extern int input_read(struct input *in, char *buf, size_t size, size_t *n, struct trouble *why);

/* 1 if a regular file still has the size it had when it was taken, else 0 with why. */
extern int input_whole(struct input const *in, struct trouble *why);

/* Read what is left of a stream, whatever it is. */
extern void input_drain(struct input *in);

/* 1 if fd is a regular file whose bytes are the message. */
extern int input_is_file(struct input const *in);

#endif
