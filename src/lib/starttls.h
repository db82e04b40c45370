/* starttls.h - how a session gets TLS from who started it: UCSPI-TLS. */

#ifndef LIB_STARTTLS_H
#define LIB_STARTTLS_H

#include <skalibs/tai.h>

/* Where what was offered is put, behind MONITOR_FD: control, and what replaces 0 and 1. */
enum { STARTTLS_CONTROL = 4, STARTTLS_IN = 5, STARTTLS_OUT = 6 };

/* The same three of a client, whose connection is 6 and 7. */
enum { STARTTLS_CLIENT = 8, STARTTLS_CLIENT_LAST = 10 };

/* A name that is cut short is longer than any host's, even one with a final dot. */
enum { STARTTLS_WORD = 64, STARTTLS_NAME = 256 /* of a host, with its 0 */ };

struct starttls {
	int offered;  /* TLS can begin */
	int provider; /* tls-session: more can be asked, see tls/control.h */
	int active;   /* it is on */
	int spare;    /* before: a descriptor above 6 that is to stay open, or 0 */
	int client;   /* who connected, not who was called */
	int network;  /* with client: the connection is this descriptor and the next */
	char protocol[STARTTLS_WORD]; /* with active, if known: as OpenSSL names it, safe bytes */
	char cipher[STARTTLS_WORD];
	char *server; /* with active: the host that was asked for. NULL, or the caller's
	               * STARTTLS_NAME bytes, "" at first */
};

/*
 * 1 if SSL_PROTOCOL says of the connection fd that it is in TLS. One that waits to be
 * asked for TLS has set SSLREADFD. And where fd is TCP itself nobody stands between it
 * and the network: then it was said of another connection, whose session has started
 * what now serves this one.
 */
extern int starttls_around(int fd);

/*
 * Take over what SSLCTLFD, SSLREADFD, SSLWRITEFD and TLS_SESSION offer, close-on-exec,
 * and close all else above 2. TLS may be on already: starttls_around(0). Numbers that are not open are as if nothing was offered: 0 then, else 1.
 */
extern int starttls_take(struct starttls *t);

/*
 * What the three variables offer to a client whose connection is network and the next
 * descriptor, close-on-exec; nothing else is closed. SSL_PROTOCOL is not looked at.
 */
extern void starttls_take_client(struct starttls *t, int network);

/* Close what is not kept: in the process that does not speak to the client. */
extern void starttls_drop(struct starttls *t);

/*
 * Before the client is told to begin: can TLS be had? 1, or 0 if key or certificate are
 * no good. A provider that cannot be asked is believed. After 0 nothing is offered.
 */
extern int starttls_ready(struct starttls *t, tain const *deadline);

/*
 * Begin: the client has been told. When it returns 1, 0 and 1 are the bytes without
 * TLS, and what the client had sent to the old 0 can never be read. 0: no TLS, and the
 * connection is of no more use.
 */
extern int starttls_begin(struct starttls *t, tain const *deadline);

/* 1 if something can be read from 0 that was not asked for yet, or its end. */
extern int starttls_early(void);

#endif
