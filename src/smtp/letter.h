/* letter.h - the message to be sent: a file, or a stream kept in one. */

#ifndef SMTP_LETTER_H
#define SMTP_LETTER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/frame.h"
#include "lib/measure.h"

/*
 * held bytes of fd from start on, then what comes from rest. A regular file is
 * read with pread(2); its offset is left alone.
 */
struct letter {
	int fd;     /* -1: nothing is held */
	int rest;   /* a stream that goes on where the file ends, or -1 */
	int begun;  /* something of rest has been read: it cannot be sent again */
	int framed; /* it comes as netstrings, closed by an empty one */
	struct frame frame;
	off_t start;
	uint64_t held;
	uint64_t at; /* of the held bytes, how many have been read */
	struct measure measure;
};

/*
 * Take the message on fd: a regular file from its present offset, anything else,
 * and what is framed, by copying it up to max bytes into a nameless file in dir.
 * All of that is read and measured now. fd stays open. 1, or 0 with errno set;
 * EBADMSG: the frames are broken, or the end mark is missing; with fd being -1
 * there is no such file.
 */
extern int letter_open(struct letter *l, int fd, int framed, uint64_t max, char const *dir);

/* 1 if all of it is measured, and so its size known. */
extern int letter_whole(struct letter const *l);

/* 1 if letter_read would not wait. */
extern int letter_ready(struct letter const *l);

/* To the beginning again. 0 if that cannot be. */
extern int letter_rewind(struct letter *l);

/*
 * Up to size bytes into buf: *n of them, 0 at the end of the whole message.
 * secs is how long a stream may stand still. Returns 1, or 0 with errno set: the
 * message is not whole. EIO: the file is shorter than it was; EBADMSG as above.
 * What comes from a stream is measured on the way.
 */
extern int letter_read(struct letter *l, char *buf, size_t size, unsigned int secs, size_t *n);

#endif
