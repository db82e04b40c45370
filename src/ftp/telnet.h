/* telnet.h - the telnet commands inside an FTP control connection, taken out. */

#ifndef FTP_TELNET_H
#define FTP_TELNET_H

#include <stddef.h>

enum telnet_state {
	TELNET_DATA,
	TELNET_IAC,    /* IAC came */
	TELNET_OPTION, /* IAC WILL, WONT, DO or DONT came */
	TELNET_SB,     /* inside a subnegotiation */
	TELNET_SB_IAC  /* IAC inside it */
};

enum {
	TELNET_ANSWERS = 16, /* options refused per session, then silence */
	TELNET_SB_MAX = 256  /* bytes of one subnegotiation */
};

/* Starts as all zero. */
struct telnet {
	enum telnet_state state;
	unsigned char asked; /* the command before the option */
	unsigned int inside; /* bytes of this subnegotiation so far */
	unsigned int refused;
	size_t answers; /* bytes of answer to be sent; the caller sets it to 0 when sent */
	char answer[3 * TELNET_ANSWERS];
};

/*
 * Copy the n bytes of in to out, which has room for n + 1, without the telnet
 * commands of RFC 854; returns the length of out. IAC IAC is the byte 0xFF;
 * IAC and a byte below 240 stay as they are (clients that send Latin 1). Every
 * option is refused. A subnegotiation longer than TELNET_SB_MAX becomes a NUL,
 * which makes the line it stands in invalid. Pure, resumable at every byte.
 */
extern size_t telnet_decode(struct telnet *t, char const *in, size_t n, char *out);

#endif
