/* unpackoptions.h - the command line of mime-unpack. Not part of the pure library. */

#ifndef MIME_UNPACKOPTIONS_H
#define MIME_UNPACKOPTIONS_H

#include "mime/unpack.h"

/* Read it into u, which is all zero; wrong usage ends the program with 100. */
extern void mime_unpack_options(struct mime_unpack *u, int argc, char const *const *argv);

#endif
