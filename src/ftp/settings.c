/* The one table becomes a session: what does not parse ends it before it begins. */

#include <string.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "ftp/facts.h"
#include "ftp/hash.h"
#include "ftp/host.h"
#include "ftp/hosts.h"
#include "ftp/message.h"
#include "ftp/session.h"
#include "ftp/settings.h"
#include "ftp/shown.h"
#include "ftp/verbs.h"
#include "ftp/zone.h"
#include "lib/command.h"

static int
wrong(char const *why)
{
	strerr_warn(PROG, ": fatal: ", why);
	return 0;
}

/* Anonymous service is what there is without logins; after one there are no more. */
static void
settle_logins(struct session *s)
{
	struct policy_value *anon = &s->policy[FTP_ANON];

	if (s->second) s->policy[FTP_LOGIN].text = NULL;
	if (anon->text) return;
	anon->number = !s->policy[FTP_LOGIN].text;
	anon->text = anon->number ? "1" : "0";
}

int
settings_read(struct session *s)
{
	char why[POLICY_WHY];
	char const *stray;
	char const *shown;
	size_t i = 0;

	if (!policy_read(ftp_policies, s->policy, why)) return wrong(why);
	shown = shown_wrong(s);
	if (shown) return wrong(shown);
	if (s->policy[FTP_HOSTNAME].text && !host_ok(s->policy[FTP_HOSTNAME].text))
		return wrong("FTP_HOSTNAME: not a host name");
	if (s->policy[FTP_MESSAGE].text && !message_name_ok(s->policy[FTP_MESSAGE].text))
		return wrong("FTP_MESSAGE: not a file name");
	if (!verbs_denial_ok(s->policy[FTP_CMDS_DENY].text))
		return wrong("FTP_CMDS_DENY: not verbs with commas between");
	if (strchr(s->policy[FTP_OWNER].text, ' ')) return wrong("FTP_OWNER: not one word");
	if (s->policy[FTP_LOGIN].text && !command_ok(s->policy[FTP_LOGIN].text))
		return wrong("FTP_LOGIN: not a program and its arguments");
	settle_logins(s);
	if (!hosts_settle(s)) return wrong("FTP_HOSTS: not a directory");
	while ((stray = policy_stray(ftp_policies, "FTP_", &i)))
		strerr_warnw("unknown variable: ", stray);
	return 1;
}

/* FTP_MODE and the like as state bits, which the rows of verbs ask for. */
static void
set_rights(struct session *s)
{
	s->mode = s->program ? MODE_DROP : s->second && !s->guest ? MODE_RW : MODE_RO;
	if (s->policy[FTP_MODE].text) s->mode = (enum session_mode)s->policy[FTP_MODE].number;
	if (s->mode != MODE_DROP) s->state |= S_READ;
	if (s->mode != MODE_RO) s->state |= S_WRITE;
	if (s->policy[FTP_ACTIVE].number) s->state |= S_ACTIVE;
	if (s->mode == MODE_RW || s->mode == MODE_APPEND) s->state |= S_APPEND;
	s->state |= (unsigned int)s->policy[FTP_HASH].number * S_SHA256;
	if (s->policy[FTP_HASH].number) s->state |= S_HASH;
	if (s->mode != MODE_RW) return;
	s->state |= S_CHANGE;
	if (s->policy[FTP_DELETE].number) s->state |= S_DELETE;
	if (s->policy[FTP_RENAME].number) s->state |= S_RENAME;
	if (s->policy[FTP_CHMOD].number) s->state |= S_CHMOD;
}

void
settings_apply(struct session *s)
{
	s->uid = geteuid();
	s->mask = (mode_t)s->policy[FTP_UMASK].number;
	s->idle = (unsigned int)s->policy[FTP_IDLE].number;
	s->facts = FACT_DEFAULT;
	s->state |= S_ASCII; /* RFC 959 5.1 */
	if (s->policy[FTP_TZ].number == TZ_LOCAL) zone_read();
	hash_reset(s);
	set_rights(s);
}

void
settings_inside(struct session *s)
{
	s->group_count = getgroups(SESSION_GROUPS - 1, s->groups);
	if (s->group_count < 0) s->group_count = 0;
	s->groups[s->group_count++] = getegid();
	s->cwd[0] = '/';
}
