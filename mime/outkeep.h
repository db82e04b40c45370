/* outkeep.h - files that are there already with the same bytes: -K. Not part of the pure library. */

#ifndef MIME_OUTKEEP_H
#define MIME_OUTKEEP_H

#include <stdint.h>

#include "mime/outdir.h"

/* Whether name is a regular file, no link, with the bytes of the one that has not got its name. */
extern int mime_outkeep_there(
    struct mime_outdir const *o, struct mime_newfile const *f, char const *name);

/*
 * A key for struct mime_known, of a name and the bytes of file, or of the name
 * alone if that is NULL: the beginning of a SHA-256, so that nobody can make two
 * that are equal. What cannot be read has no bytes.
 */
extern uint64_t mime_outkeep_key(struct mime_outdir const *o, char const *name, char const *file);

#endif
