/* Verbs that are known and refused: RFC 2228, RFC 4217, and the obsolete. */

#include <string.h>

#include "ftp/handlers.h"
#include "ftp/replies.h"

struct reply const *
ftp_auth(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_no_tls;
}

struct reply const *
ftp_pbsz(struct session *s, char *arg)
{
	(void)s;
	return arg[strspn(arg, "0123456789")] ? &r_bad_argument : &r_auth_first;
}

struct reply const *
ftp_prot(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_pbsz_first;
}

struct reply const *
ftp_ccc(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_not_protected;
}

struct reply const *
ftp_none(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_not_implemented;
}
