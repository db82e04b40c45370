/* source.h - a file or a pipe that goes into a message. Not part of the pure library. */

#ifndef MIME_SOURCE_H
#define MIME_SOURCE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "mime/survey.h"

/* Bytes of a pipe that are looked at before it is decided how to send it. */
#define MIME_SOURCE_HOLD 1048576

struct mime_source {
	char const *path; /* "-" is standard input, "fd:5" descriptor 5 */
	int fd;
	int bounded; /* a regular file: exactly size bytes */
	off_t start; /* where it begins */
	uint64_t size;
	uint64_t done; /* bytes read */
	char *hold;    /* of a pipe: MIME_SOURCE_HOLD bytes, the caller's, for what is read ahead */
	size_t held;
	size_t next;
};

/*
 * Open and fstat. Returns 1, or 0 with errno set. If it is not bounded the
 * caller must set hold before anything else.
 */
extern int mime_source_open(struct mime_source *s, char const *path);

/*
 * The next bytes, at most n; 0 at the end. -1 with errno set on failure: EIO
 * too when a regular file is shorter than it was.
 */
extern ssize_t mime_source_read(struct mime_source *s, char *out, size_t n);

/* The descriptor that path names, or -1 if it names a file. */
extern int mime_source_descriptor(char const *path);

/* Read ahead of a pipe. Returns 1 if that is all of it, 0 if not, -1 with errno set. */
extern int mime_source_hold(struct mime_source *s);

/* Begin again. A pipe of which more was read than held stays where it is. Returns 0 with errno set. */
extern int mime_source_rewind(struct mime_source *s);

/* The first bytes without consuming them, at most n <= 4096; -1 as above. */
extern ssize_t mime_source_peek(struct mime_source *s, char *out, size_t n);

/*
 * The bytes from at on without consuming them, at most n; 0 at the end. Of a
 * pipe, only what is held. -1 with errno set on failure.
 */
extern ssize_t mime_source_look(struct mime_source const *s, uint64_t at, char *out, size_t n);

/*
 * Look through all of a regular file, or the first MIME_SOURCE_HOLD bytes of
 * a pipe; v->whole says whether that was all. Nothing is consumed. cpu is as in
 * struct mime_survey. Returns 1, or 0 with errno set.
 */
extern int mime_source_survey(struct mime_source *s, struct mime_survey *v, enum mime_cpu *cpu);

#endif
