/* pass.h - the rest of one descriptor to another. Not part of the pure library. */

#ifndef MIME_PASS_H
#define MIME_PASS_H

#include <stdint.h>

#include "mime/progress.h"

struct mime_pass {
	uint64_t done;  /* bytes, those from before it included */
	uint64_t total; /* of these, once all is done; 0: not known */
	struct mime_progress *progress;
	int reading; /* valid if it failed: on which side */
};

/*
 * Copy all that is left to be read on in to out, without looking at it: by
 * copy_file_range, sendfile or splice where the descriptors allow, else by
 * read and write. Returns 1, or 0 with errno set.
 */
extern int mime_pass(int in, int out, struct mime_pass *p);

#endif
