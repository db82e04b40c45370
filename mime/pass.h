/* pass.h - the rest of one descriptor to another. Not part of the pure library. */

#ifndef MIME_PASS_H
#define MIME_PASS_H

/*
 * Copy all that is left to be read on in to out, without looking at it: by
 * copy_file_range, sendfile or splice where the descriptors allow, else by
 * read and write. Returns 1, or 0 with errno set; *reading says which side.
 */
extern int mime_pass(int in, int out, int *reading);

#endif
