/* receive.h - what comes over the data connection goes into the upload. */

#ifndef FTP_RECEIVE_H
#define FTP_RECEIVE_H

#include "ftp/transfer.h"

struct session;

enum {
	RECEIVE_PIPE = 1 << 20,      /* bytes: what a user without rights may ask for */
	RECEIVE_PIPED_FROM = 1 << 20 /* shorter uploads are not worth a pipe */
};

/*
 * How a long upload goes from socket to file without being copied twice: page by
 * page through a pipe. What passes here is never seen.
 */
struct receiver {
	int piped; /* the pipe is open */
	int plain; /* it cannot be had, or bytes must be seen: read and write */
	int in;    /* where the pipe is filled */
	int out;
};

/* Before a transfer, and after it, however it ended. */
extern void receive_begin(struct session *s);
extern void receive_end(struct session *s);

/* Steps of transfer_run: bytes as they come, and TYPE A converted. */
extern enum step receive_binary(struct session *s);
extern enum step receive_text(struct session *s);

#endif
