/* The monitor's side: what it does for the talker, and the arrival program. */

#include <string.h>
#include <sys/stat.h>

#include <skalibs/djbunix.h>

#include "ftp/admit.h"
#include "ftp/events.h"
#include "ftp/hosts.h"
#include "ftp/reach.h"
#include "ftp/rules.h"
#include "ftp/session.h"
#include "lib/arrival.h"
#include "mime/fname.h"

static void
note_end_of(struct session *s, char const *id, struct child_end const *end)
{
	static char const *const how[] = { "exit", "signal", "timeout", "unborn" };

	event_hook(s, id, how[end->how], (uint64_t)end->code);
}

/* FTP_NAME: what mime-unpack would call an attachment of that name. */
static int
add_name(struct monitor_message *m, char const *last)
{
	char name[MIME_FNAME_MAX + 1];
	unsigned int what;

	if (mime_fname(name, last, strlen(last), &what) == 0) memcpy(name, "_", 2);
	return monitor_add(m, "FTP_NAME", name);
}

static enum monitor_result
arrive(struct session *s, struct monitor_message *m, int *fd)
{
	static char const *const names[] = { "FTP_PATH", NULL };
	char id[ARRIVAL_ID];
	struct child_end end;
	struct stat st;

	if (!s->program || *fd == -1 || fstat(*fd, &st) == -1 || !S_ISREG(st.st_mode) || !m->len
	    || !monitor_pairs_ok(m, names) || strncmp(m->text, "FTP_PATH=/", 10) != 0)
		return MONITOR_FOUL;
	if (!add_name(m, strrchr(m->text, '/') + 1)
	    || (s->hosted && !monitor_add(m, "FTP_HOST", s->host)))
		return MONITOR_FOUL;
	arrival_id(id);
	arrival_run(&(struct arrival_run){ .program = s->program,
	                .protocol = "ftp",
	                .user = s->second && !s->guest ? s->asked : NULL,
	                .id = id,
	                .seconds = (unsigned int)s->policy[ARRIVAL_TIMEOUT].number,
	                .fd = *fd,
	                .out = -1 },
	    m->text, m->len, &end);
	note_end_of(s, id, &end);
	fd_close(*fd);
	*fd = -1;
	monitor_begin(m, MONITOR_ARRIVAL, arrival_verdict(&end));
	m->detail = (uint32_t)end.code;
	if (end.line[0]) (void)monitor_add(m, end.line, NULL);
	return MONITOR_ANSWER;
}

/* AUTH has led to TLS, of the version in text: once in a session. */
static enum monitor_result
secured(struct session *s, struct monitor_message *m, int *fd)
{
	if (*fd != -1 || s->tls.active || m->len == 0 || m->len > sizeof s->tls.protocol
	    || strlen(m->text) + 1 != m->len)
		return MONITOR_FOUL;
	s->tls.active = 1;
	memcpy(s->tls.protocol, m->text, m->len);
	return MONITOR_SILENT;
}

struct monitor_rule const ftp_rules[] = {
	{ MONITOR_CONNECT, reach_answer },
	{ MONITOR_ARRIVAL, arrive },
	{ MONITOR_LOGIN, admit },
	{ MONITOR_TLS, secured },
	{ 0, NULL },
};

struct monitor_rule const ftp_login_rules[] = {
	{ MONITOR_LOGIN, admit },
	{ MONITOR_TLS, secured },
	{ 0, NULL },
};

struct monitor_rule const ftp_host_rules[] = {
	{ MONITOR_LOGIN, admit },
	{ MONITOR_GUEST, admit_guest },
	{ MONITOR_HOST, hosts_answer },
	{ MONITOR_TLS, secured },
	{ 0, NULL },
};
