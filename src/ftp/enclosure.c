/* Two processes, and walls around the one that reads the network. */

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <skalibs/strerr.h>

#include "ftp/enclosure.h"
#include "ftp/events.h"
#include "ftp/publish.h"
#include "ftp/rules.h"
#include "ftp/session.h"
#include "ftp/xferlog.h"
#include "lib/confine.h"

/* Before a login that chooses what to serve, which is all there can be. */
static int
only_logins(struct session const *s)
{
	if (s->second) return 0;
	return s->policy[FTP_HOSTS].text
	    || (s->policy[FTP_LOGIN].text && !s->policy[FTP_ANON].number);
}

/* A session that can neither connect nor run anything needs no second process. */
int
enclosure_split(struct session *s)
{
	s->monitor.rules = s->policy[FTP_HOSTS].text ? ftp_host_rules
	    : only_logins(s)                         ? ftp_login_rules
	                                             : ftp_rules;
	s->monitor.peer = &s->peer;
	s->monitor.message = &s->message;
	s->monitor.tls = &s->tls;
	if (!s->policy[FTP_LOGIN].text && !s->policy[FTP_HOSTS].text && !s->program
	    && (!(s->state & S_ACTIVE) || !s->peer.remote))
		return 1;
	s->monitored = 1;
	return monitor_start(&s->monitor, s);
}

/*
 * What the mode allows with files. Where files need a name while they arrive
 * that name has to be taken away again, which is more than worm and drop say.
 */
static enum confine_files
file_rights(struct session const *s)
{
	if (s->mode == MODE_RO) return CONFINE_READ;
	if (s->mode == MODE_RW || !publish_nameless(s->tree.root)) return CONFINE_WRITE;
	/* The program sees a whole new file, which then takes the old one's place. */
	if (s->mode == MODE_APPEND && s->program) return CONFINE_WRITE;
	/* To sync a directory, or to count its names, is to open it. */
	if (s->policy[FTP_FSYNC].number || s->policy[FTP_MAXENTRIES].number) return CONFINE_ADD;
	return s->mode == MODE_DROP ? CONFINE_DROP : CONFINE_ADD;
}

static int
is_plain(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/*
 * A second wall behind FTP_MAXFILE; SIGXFSZ is ignored. A log that is a plain
 * file is not to end at that size, so then there is only the first.
 */
static int
limit_files(struct session const *s)
{
	uint64_t most = s->policy[FTP_MAXFILE].number;
	struct rlimit l;

	if (!most || is_plain(2) || is_plain(xferlog_of(s))) return 1;
	if (getrlimit(RLIMIT_FSIZE, &l) == -1) return 0;
	if (l.rlim_max < most) return 1;
	l.rlim_cur = l.rlim_max = most;
	return setrlimit(RLIMIT_FSIZE, &l) == 0;
}

static enum confine_calls
calls(struct session const *s)
{
	if (s->mode == MODE_RO) return CONFINE_FTP_READ;
	if (!(s->state & S_CHANGE)) return CONFINE_FTP_ADD;
	return s->policy[FTP_LINKS_CREATE].number ? CONFINE_FTP_LINKS : CONFINE_FTP_CHANGE;
}

/* Before a login there is no root yet. */
static struct confinement
walls(struct session const *s)
{
	uint64_t ports = s->policy[FTP_PASV_PORTS].number;

	if (only_logins(s)) return (struct confinement){ .calls = CONFINE_LOGIN };
	return (struct confinement){ .files = file_rights(s),
		.root = s->tree.root,
		.calls = calls(s),
		.ports_lo = (unsigned int)(ports >> 16),
		.ports_hi = (unsigned int)(ports & 0xffff),
		.listens = s->peer.remote && s->peer.here };
}

static int
confined(struct session *s)
{
	struct confinement c = walls(s);
	unsigned int missing;

	(void)umask(0);
	if (!limit_files(s) || !confine(&c, &missing)) {
		strerr_warnwusys("confine the session");
		return 0;
	}
	if (missing & CONFINE_NO_LANDLOCK) event(s, "no-landlock");
	if (missing & CONFINE_NO_SECCOMP) event(s, "no-seccomp");
	return !missing || s->policy[CONFINE].number != CONFINE_REQUIRE;
}

int
enclosure_close(struct session *s)
{
	if (only_logins(s)) return confined(s);
	s->tree.linkless = s->policy[FTP_LINKS].number == LINKS_HIDE;
	s->tree.root = open(s->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->tree.root == -1) {
		strerr_warnwusys("open ", s->root);
		return 0;
	}
	return confined(s);
}
