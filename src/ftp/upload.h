/* upload.h - a file that nobody sees until it is complete. */

#ifndef FTP_UPLOAD_H
#define FTP_UPLOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/reply.h"

struct session;

enum upload_how { UPLOAD_STORE, UPLOAD_APPEND, UPLOAD_UNIQUE };

enum {
	UPLOAD_NAME = 256,
	UPLOAD_LEVELS = 16 /* missing directories made for one upload */
};

struct upload {
	int dir;                /* the directory, O_PATH; -1: no upload */
	int fd;                 /* what is written, at the right offset */
	int inplace;            /* fd is the target itself */
	int continued;          /* the target that fd begins as, locked; or -1 */
	int absent;             /* nothing had the name when it began */
	int claimed;            /* it continues a partial, which no one else has now */
	int keeps;              /* what came stays if it breaks off */
	int linkable;           /* /proc is there to give nameless files a name */
	mode_t mode;            /* that the file has now */
	int swept;              /* this session has looked for old temporary files */
	int adds;               /* an APPE */
	int replace;            /* what has the name gives way */
	int numbered;           /* an existing name is not replaced: another is taken */
	int guarded;            /* that other is one nobody guesses */
	size_t stem;            /* of name: bytes before the number it may get */
	uint64_t limit;         /* the size beyond which room_grow is to be asked */
	uint64_t base;          /* offset at which the received bytes begin */
	char name[UPLOAD_NAME]; /* the name it gets */
	char temp[UPLOAD_NAME]; /* its name until then, or "" if it has none */
	char part[UPLOAD_NAME]; /* the name of its partial; "": it has none */
};

/*
 * Open an upload to s->path. at is the restart offset, or 0. NULL, or the
 * refusal, with nothing left open.
 */
extern struct reply const *upload_begin(struct session *s, enum upload_how how, uint64_t at);

/* Publish it: n bytes came. NULL, or the refusal. Closes all. */
extern struct reply const *upload_commit(struct session *s, uint64_t n);

/*
 * It broke off when n bytes were written. If keep is set these are kept for a
 * later restart, if that is asked for; else there is no trace of it, and in
 * place an addition is cut off again. Closes all.
 */
extern void upload_break(struct session *s, uint64_t n, int keep);

/* It was complete, and is not to be stored here: no trace of it. Closes all. */
extern void upload_drop(struct session *s);

#endif
