/* Verbs that only want a word back: RFC 959 4.1.3 and what clients say besides. */

#include <errno.h>
#include <fcntl.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/host.h"
#include "ftp/hosts.h"
#include "ftp/replies.h"
#include "ftp/room.h"
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
	event_client(s, "CLNT", arg);
	return &r_noted;
}

/* The same by draft-peterson-streamlined-ftp-command-extensions; no version is told. */
struct reply const *
ftp_csid(struct session *s, char *arg)
{
	event_client(s, "CSID", arg);
	return &r_csid;
}

/* RFC 7151. Without FTP_HOSTS there are no other hosts here: one name, or any. */
struct reply const *
ftp_host(struct session *s, char *arg)
{
	char const *name = s->policy[FTP_HOSTNAME].text;

	if (s->state & S_LOGIN) return &r_host_late;
	if (!host_ok(arg)) return &r_bad_argument;
	if (name && !s->policy[FTP_HOSTS].text && !host_same(name, arg)) return &r_bad_host;
	/* The certificate it was shown is that name's. */
	if (s->server[0] && !host_same(s->server, arg)) return &r_bad_host;
	if (s->policy[FTP_HOSTS].text && !hosts_choose(s, arg)) return &r_bad_host;
	/* The name that was given is another host's. */
	s->state &= ~(unsigned int)S_USER;
	event_client(s, "HOST", arg);
	return &r_host_ok;
}

/* Without a path, and in a drop box, the space where the client is. */
struct reply const *
ftp_avbl(struct session *s, char *arg)
{
	uint64_t most = s->policy[FTP_MAXFILE].number;
	char fmt[UINT64_FMT];
	struct reply const *r = path_take(s, s->state & S_READ ? arg : "", &r_not_found);
	uint64_t n;
	int fd;

	if (r) return r;
	fd = tree_open(&s->tree, s->path, O_PATH);
	if (fd == -1) return errors_reply(errno);
	n = room_free(s, fd);
	fd_close(fd);
	fmt[uint64_fmt(fmt, most && most < n ? most : n)] = 0;
	return reply_fill(&s->said, s->text, &r_number, fmt);
}

/* curl --ftp-pret: what the next PASV is for. It makes no difference here. */
struct reply const *
ftp_pret(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_ok;
}
