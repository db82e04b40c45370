/* outname.h - names for files that are complete. Not part of the pure library. */

#ifndef MIME_OUTNAME_H
#define MIME_OUTNAME_H

#include "mime/outdir.h"

/*
 * Give the file, which is closed, the name or a free one of "stem~2.ext" to
 * ~9999, as mime_outdir_publish says. Its temporary name may be left.
 */
extern enum mime_published mime_outname_give(
    struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out);

#endif
