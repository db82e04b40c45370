/* Verbs that only want a word back: RFC 959 4.1.3 and what clients say besides. */

#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"

struct reply const *
ftp_syst(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_system;
}

struct reply const *
ftp_noop(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_ok;
}

/* lftp and FileZilla introduce themselves. */
struct reply const *
ftp_clnt(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_noted;
}

/* curl --ftp-pret: what the next PASV is for. It makes no difference here. */
struct reply const *
ftp_pret(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_ok;
}
