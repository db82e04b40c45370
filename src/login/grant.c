/*
 * What may differ from user to user. Nothing here decides where connections
 * go, what is run, or how a session is confined.
 */

#include <stdlib.h>
#include <string.h>

#include "login/grant.h"

char const grant_names[] =
    "FTP_MODE FTP_UMASK FTP_MAXFILE FTP_MINFREE FTP_MAXENTRIES FTP_HIDE FTP_DENY "
    "FTP_LINKS FTP_LINKS_CREATE FTP_OWNER FTP_LS_R FTP_OVERWRITE FTP_ATOMIC FTP_PARTIAL "
    "FTP_PARTIAL_AGE FTP_CLONE_MAX FTP_FSYNC FTP_KEEP FTP_DELETE FTP_RENAME FTP_CHMOD "
    "FTP_RMDIR_R FTP_ASCII FTP_AUTOMKDIR FTP_HASH FTP_HASH_MAX FTP_DIGEST FTP_MESSAGE "
    "FTP_IDLE FTP_MAXTIME FTP_RATE_UP FTP_RATE_DOWN";

static int
known(char const *key, size_t n)
{
	char const *s = grant_names;

	while (*s) {
		size_t len = strcspn(s, " ");

		if (len == n && memcmp(s, key, n) == 0) return 1;
		s += len + (s[len] == ' ');
	}
	return 0;
}

int
grant_ok(char const *policy)
{
	while (*policy) {
		size_t key = strcspn(policy, "=,");

		if (policy[key] != '=' || !known(policy, key)) return 0;
		for (policy += key; *policy && *policy != ','; policy++)
			if ((unsigned char)*policy < 0x20 || *policy == 0x7f || *policy == ':')
				return 0;
		policy += *policy == ',';
	}
	return 1;
}

int
grant(char *policy)
{
	char *rest;
	char *pair = strtok_r(policy, ",", &rest);

	for (; pair; pair = strtok_r(NULL, ",", &rest)) {
		char *value = strchr(pair, '=');

		*value++ = 0;
		if (setenv(pair, value, 1) == -1) return 0;
	}
	return 1;
}
