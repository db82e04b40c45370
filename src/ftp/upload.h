/* upload.h - a file that nobody sees until it is complete. */

#ifndef FTP_UPLOAD_H
#define FTP_UPLOAD_H

#include <stdint.h>
#include <sys/types.h>

#include "lib/reply.h"

struct session;

enum upload_how { UPLOAD_STORE, UPLOAD_APPEND, UPLOAD_UNIQUE };

enum {
	UPLOAD_NAME = 256,
	UPLOAD_TEMP = 40,
	UPLOAD_LEVELS = 16,         /* missing directories made for one upload */
	UPLOAD_COPY = 64 * 1048576, /* a restart copies at most this much */
	UPLOAD_NUMBERS = 99         /* name.1 to name.99, then name.random */
};

struct upload {
	int dir;                /* the directory, O_PATH; -1: no upload */
	int fd;                 /* what is written, at the right offset */
	int inplace;            /* fd is the target itself */
	int replace;            /* what has the name gives way */
	int numbered;           /* an existing name is not replaced: another is taken */
	uint64_t base;          /* offset at which the received bytes begin */
	char name[UPLOAD_NAME]; /* the name it gets */
	char temp[UPLOAD_TEMP]; /* its name until then, or "" if it has none */
};

/*
 * Open an upload to s->path. at is the restart offset, or 0. NULL, or the
 * refusal, with nothing left open.
 */
extern struct reply const *upload_begin(struct session *s, enum upload_how how, uint64_t at);

/* Publish it: n bytes came. NULL, or the refusal. Closes all. */
extern struct reply const *upload_commit(struct session *s, uint64_t n);

/* Leave no trace of it; in place, cut what came off again. */
extern void upload_drop(struct session *s);

#endif
