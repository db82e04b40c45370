/* The monitor decides whose mail is taken. */

#include <string.h>
#include <strings.h>

#include "smtp/domain.h"
#include "smtp/hosts.h"
#include "smtp/rules.h"
#include "smtp/session.h"

/* Whose mail is taken; postmaster's wherever any is: RFC 5321 4.5.1. */
static uint32_t
may(struct session *s, char const *mailbox, size_t local)
{
	char const *domain = mailbox[local] == '@' ? mailbox + local + 1 : "";
	char const *file = s->policy[RCPTHOSTS].text;
	int r;

	if (s->policy[RELAYCLIENT].text) return RECIPIENT_OK;
	if (!s->policy[SMTP_PERCENT].number && local && strpbrk(mailbox, "%!@") < mailbox + local
	    && strpbrk(mailbox, "%!@"))
		return RECIPIENT_RELAY;
	if (s->policy[SMTP_ANY].number) return RECIPIENT_OK;
	if (!file) return RECIPIENT_RELAY;
	if (domain[0] == 0)
		return strcasecmp(mailbox, "postmaster") == 0 ? RECIPIENT_OK : RECIPIENT_RELAY;
	r = hosts_have(file, mailbox, domain);
	if (r == -1) return RECIPIENT_LATER;
	return r ? RECIPIENT_OK : RECIPIENT_RELAY;
}

/* A domain from policy: DEFAULTDOMAIN where none was given, RELAYCLIENT's suffix. */
static int
complete(struct session const *s, char *mailbox, size_t local, size_t size)
{
	char const *domain = s->policy[DEFAULTDOMAIN].text;
	char const *suffix = s->policy[RELAYCLIENT].text;
	size_t n = strlen(mailbox);

	if (mailbox[local] == 0 && domain) {
		if (n + strlen(domain) + 2 > size) return 0;
		mailbox[n++] = '@';
		memcpy(mailbox + n, domain, strlen(domain) + 1);
		n += strlen(domain);
	}
	if (!suffix) return 1;
	if (n + strlen(suffix) + 1 > size) return 0;
	memcpy(mailbox + n, suffix, strlen(suffix) + 1);
	return 1;
}

/* What an honest talker lets through; local is the length of the local part. */
static int
mailbox_ok(char const *mailbox, size_t local)
{
	size_t n = strlen(mailbox);

	if (n >= MAILBOX_MAX || local == 0 || local > n || memchr(mailbox, '/', local)
	    || utf8text(mailbox, n) == UTF8TEXT_BAD)
		return 0;
	if (local == n) return 1;
	return mailbox[local] == '@' && domain_ok(mailbox + local + 1, n - local - 1, 0);
}

/* The number is the length of the local part; checked against the address. */
enum monitor_result
rule_recipient(struct session *s, struct monitor_message *m, int *fd)
{
	static char const *const names[] = { "RECIPIENT", "SMTPNOTIFY", "SMTPORCPT", "SMTPRRVS",
		NULL };
	static char const head[] = "RECIPIENT=";
	char mailbox[1024];
	char const *given = m->text + sizeof head - 1;
	uint32_t local = m->number;
	size_t n;

	(void)fd;
	if (!monitor_pairs_ok(m, names) || !rcptparam_ok(m) || m->len < sizeof head + 1
	    || memcmp(m->text, head, sizeof head - 1) != 0 || !mailbox_ok(given, local)
	    || s->held.spool != -1)
		return MONITOR_FOUL;
	n = strlen(given);
	memcpy(mailbox, given, n + 1);
	if (local == n && strcasecmp(mailbox, "postmaster") != 0 && !s->policy[DEFAULTDOMAIN].text)
		m->number = RECIPIENT_RELAY;
	else if (!complete(s, mailbox, local, sizeof mailbox))
		m->number = RECIPIENT_LATER;
	else
		m->number = may(s, mailbox, local);
	if (m->number == RECIPIENT_OK
	    && !held_keep(&s->held, mailbox, m, (unsigned int)s->policy[SMTP_MAXRCPT].number))
		m->number = RECIPIENT_MANY;
	m->len = 0;
	monitor_add(m, mailbox, NULL);
	return MONITOR_ANSWER;
}
