/* dsn.h - values of the parameters of RFC 3461, delivery status notifications. */

#ifndef SMTP_DSN_H
#define SMTP_DSN_H

enum {
	ENVID_MAX = 100, /* bytes of xtext: RFC 3461 4.4 */
	ORCPT_MAX = 500, /* the same: 4.2 */
	TYPE_MAX = 64    /* of an address type */
};

/*
 * Each changes value in place to what the program gets, and returns 1; or 0 if
 * the value is not as the RFC has it.
 */

/* RET: FULL or HDRS, in upper case. */
extern int dsn_ret(char *value);

/* ENVID: decoded, printable US-ASCII and blanks. */
extern int dsn_envid(char *value);

/* NOTIFY: NEVER, or some of SUCCESS, FAILURE and DELAY, each once; in upper case. */
extern int dsn_notify(char *value);

/*
 * ORCPT: type;address. The address is decoded and printable US-ASCII, but for
 * the type utf-8 (RFC 6533 3), where it stays as it is and, in a transaction
 * with SMTPUTF8, may hold UTF-8.
 */
extern int dsn_orcpt(char *value, int utf8);

/* 1 if value may be what dsn_orcpt made. */
extern int dsn_orcpt_made(char const *value);

#endif
