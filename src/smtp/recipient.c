/* May this recipient? The policies, in order, in the monitor. */

#include <string.h>
#include <strings.h>

#include "smtp/candidate.h"
#include "smtp/domain.h"
#include "smtp/rcptcheck.h"
#include "smtp/rules.h"
#include "smtp/session.h"
#include "smtp/spool.h"
#include "smtp/utf8text.h"

/* No program is asked about whom there is no room for. */
static enum recipient
room_policy(struct session *s, struct candidate *c)
{
	unsigned int most = (unsigned int)s->policy[SMTP_MAXRCPT].number;

	return held_room(&s->held, c->mailbox, most) ? RECIPIENT_OK : RECIPIENT_MANY;
}

static struct {
	char const *name; /* the variable that decides, for the log */
	policy_answer *ask;
} const policies[] = {
	{ "SMTP_PERCENT", path_policy },
	{ "RCPTHOSTS", host_policy },
	{ "RBLSMTPD", client_policy },
	{ "BADMAILFROM", sender_policy },
	{ "SMTP_MAXRCPT", room_policy },
	{ "RCPTCHECK", check_policy },
};

/* What an honest talker lets through; local is the length of the local part. */
static int
mailbox_ok(struct session const *s, char const *mailbox, size_t local)
{
	size_t n = strlen(mailbox);

	if (n >= MAILBOX_MAX || local == 0 || local > n || memchr(mailbox, '/', local)
	    || utf8text(mailbox, n) == UTF8TEXT_BAD)
		return 0;
	if (local == n)
		return s->policy[DEFAULTDOMAIN].text || strcasecmp(mailbox, "postmaster") == 0;
	return mailbox[local] == '@' && domain_ok(mailbox + local + 1, n - local - 1, 0);
}

/* The number is the length of the local part. */
static int
read_candidate(struct candidate *c, struct session const *s, struct monitor_message const *m)
{
	static char const *const names[] = { "RECIPIENT", "SENDER", "SMTPHELOHOST", "SMTPNOTIFY",
		"SMTPORCPT", "SMTPRRVS", NULL };
	char const *mailbox = monitor_value(m, "RECIPIENT");

	if (!monitor_pairs_ok(m, names) || !rcptparam_ok(m) || !mailbox
	    || !mailbox_ok(s, mailbox, m->number))
		return 0;
	memcpy(c->mailbox, mailbox, strlen(mailbox) + 1);
	c->local = m->number;
	c->sender = monitor_value(m, "SENDER");
	c->helo = monitor_value(m, "SMTPHELOHOST");
	c->text[0] = 0;
	return c->sender && c->helo;
}

static enum recipient
keep(struct session *s, struct candidate const *c, struct monitor_message const *m)
{
	unsigned int most = (unsigned int)s->policy[SMTP_MAXRCPT].number;

	return held_keep(&s->held, c->mailbox, m, most) ? RECIPIENT_OK : RECIPIENT_MANY;
}

/* *by is the policy that has ended it. */
static enum recipient
judge(struct session *s, struct candidate *c, char const **by)
{
	size_t i;

	*by = "DEFAULTDOMAIN";
	if (!candidate_complete(s, c)) return RECIPIENT_LATER;
	for (i = 0; i < sizeof policies / sizeof *policies; i++) {
		enum recipient r = policies[i].ask(s, c);

		*by = policies[i].name;
		if (r != RECIPIENT_OK) return r;
	}
	*by = "SMTP_MAXRCPT";
	return RECIPIENT_OK;
}

/*
 * A message is likely to follow its first recipient: to be asked for its file as well
 * costs two changes of process. If there is none the talker asks for it, and hears why.
 */
static void
add_file(struct session *s, struct monitor_message *m, int *fd)
{
	if (s->held.spool == -1) *fd = spool_open(s);
	if (*fd != -1) monitor_add(m, "ID", s->held.id);
}

enum monitor_result
rule_recipient(struct session *s, struct monitor_message *m, int *fd)
{
	struct candidate c;
	enum recipient r;
	char const *by;

	if (*fd != -1 || s->held.answered || !read_candidate(&c, s, m)
	    || !held_from(&s->held, c.sender))
		return MONITOR_FOUL;
	r = judge(s, &c, &by);
	if (r == RECIPIENT_OK) r = keep(s, &c, m);
	if (r == RECIPIENT_DROP && !held_drop(&s->held)) r = RECIPIENT_MANY;
	monitor_begin(m, MONITOR_RECIPIENT, r);
	m->detail = s->held.count;
	monitor_add(m, "RECIPIENT", c.mailbox);
	monitor_add(m, "BY", by);
	monitor_add(m, "TEXT", c.text);
	if (r == RECIPIENT_OK) add_file(s, m, fd);
	return MONITOR_ANSWER;
}
