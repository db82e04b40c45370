/* policies.h - the variables of smtp-session. */

#ifndef SMTP_POLICIES_H
#define SMTP_POLICIES_H

#include "lib/policy.h"

/* Places in the table and in the values read from it, in the page's order. */
enum {
	SMTP_NAME,
	SMTP_ANY,
	RCPTHOSTS,
	RELAYCLIENT,
	RCPTCHECK,
	BADMAILFROM,
	RBLSMTPD,
	DEFAULTDOMAIN,
	SMTP_AUTH,
	SMTP_AUTH_CLEAR,
	SMTP_AUTH_RELAY,
	SMTP_TLS,
	SMTP_EXT,
	DATABYTES,
	SMTP_MAXRCPT,
	SMTP_MAXMAIL,
	SMTP_TIMEOUT,
	SMTP_BARE,
	SMTP_LATCH,
	SMTP_STRICT,
	SMTP_PERCENT,
	SMTP_COMPLETE,
	SMTP_RETURNPATH,
	SMTP_EOL,
	GREETDELAY,
	SMTP_REFUSE,
	SMTP_LOG,
	SMTP_PARTIAL,
	ARRIVAL_SPOOL,
	ARRIVAL_TIMEOUT,
	CONFINE,
	SMTP_POLICIES
};

/* The words of SMTP_TLS. */
enum { TLS_OFFER, TLS_REQUIRE, TLS_ACTIVE };

extern struct policy const smtp_policies[SMTP_POLICIES + 1];

#endif
