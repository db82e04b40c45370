/* provider.h - the other end of UCSPI-TLS: a process that waits to become tls-io. */

#ifndef TLS_PROVIDER_H
#define TLS_PROVIDER_H

struct provider {
	int in; /* the network */
	int out;
	int client;    /* TLS begins as client */
	int immediate; /* and at once */
	int control;   /* gets the session's ends: SSLCTLFD, */
	int plain;     /* and SSLREADFD, which is SSLWRITEFD too */
};

/*
 * Split. The child waits for the byte that asks for TLS, or at once, executes tls-io,
 * which is beside this program or in PATH; it ends when the session closes control
 * first. 1 in the parent, or 0 with errno set.
 */
extern int provider_start(struct provider *p);

/* The place in argv to exec tls-io with these arguments; returns only on failure. */
extern void provider_become(char const *const *argv);

#endif
