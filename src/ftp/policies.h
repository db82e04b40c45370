/* policies.h - the variables of ftp-session. */

#ifndef FTP_POLICIES_H
#define FTP_POLICIES_H

#include "lib/policy.h"

/* The place of each row in the table. */
enum {
	FTP_MODE,
	FTP_ANON,
	FTP_BANNER,
	FTP_UMASK,
	FTP_PASV_PORTS,
	FTP_PASV_ADDR,
	FTP_ACTIVE,
	FTP_IDLE,
	FTP_STALL,
	FTP_ACCEPT,
	FTP_LOGIN_TIMEOUT,
	FTP_MAXFILE,
	FTP_HIDE,
	FTP_DENY,
	FTP_OVERWRITE,
	FTP_FSYNC,
	FTP_KEEP,
	FTP_DELETE,
	FTP_RENAME,
	FTP_CHMOD,
	FTP_ASCII,
	FTP_AUTOMKDIR,
	ARRIVAL_TIMEOUT,
	CONFINE,
	POLICY_COUNT
};

enum { OVERWRITE_REPLACE, OVERWRITE_NO, OVERWRITE_RENAME };
enum { CONFINE_TRY, CONFINE_REQUIRE };

extern struct policy const ftp_policies[POLICY_COUNT + 1];

#endif
