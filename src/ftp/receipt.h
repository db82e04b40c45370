/* receipt.h - FTP_DIGEST: the SHA-256 of an upload, made while it arrives. */

#ifndef FTP_RECEIPT_H
#define FTP_RECEIPT_H

#include <stddef.h>

#include "lib/reply.h"

struct session;

/*
 * After upload_begin: read what the file keeps of its beginning, the control
 * connection being served. NULL, or what to say instead of going on.
 */
extern struct reply const *receipt_begin(struct session *s);

/* The n bytes of p, as they are stored. */
extern void receipt_add(struct session *s, char const *p, size_t n);

/*
 * r, which is about the whole file: if it is a 226, with "; sha256=" and the
 * value behind it, in s->text, and the value in s->receipt for the log.
 */
extern struct reply const *receipt_reply(struct session *s, struct reply const *r);

#endif
