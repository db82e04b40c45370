/* arrive.h - a complete upload is shown to the program before it is stored. */

#ifndef FTP_ARRIVE_H
#define FTP_ARRIVE_H

#include "ftp/transfer.h"

struct session;

/*
 * Have the program run on s->upload. TRANSFER_DONE: *accepted is the reply, a
 * refusal or not, and *keep says whether the upload is to be stored;
 * TRANSFER_ABORTED after ABOR. The control connection is served meanwhile; if
 * it ends, the verdict counts all the same.
 */
extern enum transfer_end arrive(struct session *s, struct reply const **accepted, int *keep);

#endif
