/* batch.h - one message after another. Not part of the pure library. */

#ifndef MIME_BATCH_H
#define MIME_BATCH_H

#include "mime/unpack.h"

/*
 * Take the message on fd apart and print its last record. Returns the exit
 * status, or -1 with errno set if one of several cannot be read; ends the
 * program with 111 where going on makes no sense.
 */
extern int mime_batch_one(struct mime_unpack *u, int fd);

/*
 * The same for every file that standard input names, u->form.end after each
 * name. A file that cannot be read counts as 111 and is reported, and the next
 * one is tried. Returns the highest status.
 */
extern int mime_batch(struct mime_unpack *u);

#endif
