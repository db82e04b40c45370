/* request.h - the command line of smtp-send. */

#ifndef SMTP_REQUEST_H
#define SMTP_REQUEST_H

#include <stddef.h>
#include <stdint.h>

#include "smtp/address.h"
#include "smtp/mechanism.h"

enum when { WHEN_AUTO, WHEN_ON, WHEN_OFF };

/* Whether to begin TLS: where both sides can; or not without; never; it is there already. */
enum secure { SECURE_OPPORTUNISTIC, SECURE_REQUIRE, SECURE_NEVER, SECURE_ACTIVE };

struct request {
	unsigned int secs;                    /* -t: for every phase; 0: those of the RFC */
	uint64_t spool;                       /* -m: most bytes of a stream kept in a file */
	char const *helo;                     /* -h, or NULL */
	char const *file;                     /* -f: the message, or NULL */
	char const *notify;                   /* -n: as RCPT has it, in upper case, or NULL */
	char const *ret;                      /* -R: "FULL" or "HDRS", or NULL */
	char const *envid;                    /* -e: as xtext, or NULL */
	enum when bdat;                       /* -z */
	enum when pipelines;                  /* -p */
	int inherits;                         /* -i: the connection is descriptors 0 and 1 */
	int lmtp;                             /* -L */
	int qmail;                            /* -Q: called as qmail-remote is */
	int all;                              /* -1: to all recipients or to none */
	int strict;                           /* -c crlf: the message has CRLF already */
	int eight;                            /* -8 send: 8-bit bytes to whoever */
	int framed;                           /* -N: the message comes as netstrings */
	int requires;                         /* -r: TLS all the way, RFC 8689 */
	int utf8;                             /* -u */
	int verbose;                          /* -v */
	int final;                            /* -k: a refused login is for good */
	int insecure;                         /* -A insecure: log in without TLS too */
	enum secure secure;                   /* -s */
	char const *secrets;                  /* -P: the file of the credentials, or NULL */
	enum mechanism mechanism[MECHANISMS]; /* -a: in this order */
	size_t mechanisms;                    /* of them; 0: no login */
	char const *host;                     /* with -Q, else NULL */
	char const *sender;                   /* "" for the null path */
	char const *const *recipients;
	size_t count;
};

/*
 * Fill r. NULL, or what is wrong: r->qmail is right even then. The strings are
 * argv's, or static.
 */
extern char const *request_parse(struct request *r, int argc, char const *const *argv);

#endif
