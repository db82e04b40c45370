/* ascii.h - TYPE A: line ends of the network and of Unix. Pure. */

#ifndef FTP_ASCII_H
#define FTP_ASCII_H

#include <stddef.h>

/*
 * Unix to network: LF becomes CRLF unless a CR is before it already. *cr, 0 at
 * first, says whether the last byte was a CR. out has room for 2 n bytes.
 * Returns its length.
 */
extern size_t ascii_encode(int *cr, char const *in, size_t n, char *out);

/*
 * Network to Unix: CRLF becomes LF; a CR alone stays. A CR at the end of in is
 * kept back in *cr. out has room for n + 1 bytes. Returns its length. At the
 * end of the data the caller writes a CR if *cr is set.
 */
extern size_t ascii_decode(int *cr, char const *in, size_t n, char *out);

#endif
