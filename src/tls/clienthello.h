/* clienthello.h - what a client offers before TLS begins: RFC 8446 4.1.2, 4.2. */

#ifndef TLS_CLIENTHELLO_H
#define TLS_CLIENTHELLO_H

#include <stddef.h>

enum clienthello {
	CLIENTHELLO_MORE, /* begins like one */
	CLIENTHELLO_BAD,  /* is none, or one in more than a record */
	CLIENTHELLO_FREE, /* names no protocol */
	CLIENTHELLO_OURS, /* names one of ours */
	CLIENTHELLO_ALIEN /* names protocols, and none is ours */
};

/* A record's head and the most bytes that may follow it. */
enum { CLIENTHELLO_MOST = 5 + 16384 };

/*
 * Look at the first n bytes of a connection. protocols has names with commas
 * between (RFC 7301 3.1 gives the extension). Pure; reads nothing beyond n.
 */
extern enum clienthello clienthello_read(unsigned char const *s, size_t n, char const *protocols);

#endif
