/* mechanism.h - how smtp-send may log in: RFC 4954. */

#ifndef SMTP_MECHANISM_H
#define SMTP_MECHANISM_H

#include <stddef.h>

enum mechanism {
	MECHANISM_PLAIN,   /* RFC 4616 */
	MECHANISM_LOGIN,   /* name and password, each asked for */
	MECHANISM_XOAUTH2, /* name and access token */
	MECHANISMS
};

extern char const *const mechanism_names[MECHANISMS];

/* The one that the n bytes name, without regard to case; MECHANISMS: none of ours. */
extern enum mechanism mechanism_find(char const *name, size_t n);

#endif
