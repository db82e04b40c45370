/* token.h - two bytes and perhaps a descriptor, on a stream socket: session and tls-io. */

#ifndef LIB_TOKEN_H
#define LIB_TOKEN_H

/* Send both bytes, and fd with them unless that is -1. 1, or 0 with errno set. */
extern int token_send(int socket, char first, char second, int fd);

/*
 * Receive two bytes into two; *fd is the descriptor that came with them, close-on-exec,
 * or -1. flags are those of recvmsg(2). 1; 0 if there is nothing yet; -1: nothing more
 * comes.
 */
extern int token_receive(int socket, char *two, int *fd, int flags);

#endif
