/* What the monitor of an SMTP session answers; no network byte is parsed here. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "lib/arrival.h"
#include "smtp/hosts.h"
#include "smtp/session.h"

static void
forget(struct session *s)
{
	if (s->held.spool != -1) fd_close(s->held.spool);
	s->held.spool = -1;
	s->held.len = 0;
	s->held.count = 0;
}

static enum monitor_result
answer_forget(struct session *s, struct monitor_message *m, int *fd)
{
	(void)m;
	(void)fd;
	forget(s);
	return MONITOR_SILENT;
}

static enum monitor_result
answer_spool(struct session *s, struct monitor_message *m, int *fd)
{
	if (s->held.spool != -1 || s->held.count == 0) return MONITOR_FOUL;
	monitor_begin(m, MONITOR_SPOOL, 0);
	arrival_id(s->held.id);
	s->held.spool = arrival_spool(s->policy[ARRIVAL_SPOOL].text);
	if (s->held.spool != -1) *fd = fcntl(s->held.spool, F_DUPFD_CLOEXEC, 0);
	if (*fd == -1) {
		struct note n;

		m->number = (uint32_t)errno;
		note_begin(&n, &s->peer, "error");
		note_text(&n, "spool", s->policy[ARRIVAL_SPOOL].text);
		note_text(&n, "why", strerror((int)m->number));
		note_end(&n);
		if (s->held.spool != -1) fd_close(s->held.spool);
		s->held.spool = -1;
	}
	monitor_add(m, s->held.id, NULL);
	return MONITOR_ANSWER;
}

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

/* Kept once however often it is named; 0 when there is no room. */
static int
keep(struct session *s, char const *mailbox)
{
	struct held *h = &s->held;
	size_t n = strlen(mailbox);
	size_t i;

	for (i = 0; i < h->len; i += strcspn(h->recipients + i, "\n") + 1)
		if (strncmp(h->recipients + i, mailbox, n) == 0 && h->recipients[i + n] == '\n')
			return 1;
	if (h->count >= s->policy[SMTP_MAXRCPT].number || n + 2 > sizeof h->recipients - h->len)
		return 0;
	memcpy(h->recipients + h->len, mailbox, n);
	h->len += n;
	h->recipients[h->len++] = '\n';
	h->recipients[h->len] = 0;
	h->count++;
	return 1;
}

/* The number is the length of the local part; checked against the address. */
static enum monitor_result
answer_recipient(struct session *s, struct monitor_message *m, int *fd)
{
	static char const *const names[] = { "RECIPIENT", NULL };
	char mailbox[1024];
	char const *given;
	uint32_t local = m->number;
	size_t n;

	(void)fd;
	if (!monitor_pairs_ok(m, names) || m->len < sizeof "RECIPIENT=x") return MONITOR_FOUL;
	given = m->text + sizeof "RECIPIENT=" - 1;
	n = strlen(given);
	if (s->held.spool != -1 || n >= MAILBOX_MAX || local > n || local == 0) return MONITOR_FOUL;
	if (given[local]
	    && (given[local] != '@' || !path_domain_ok(given + local + 1, n - local - 1)))
		return MONITOR_FOUL;
	memcpy(mailbox, given, n + 1);
	if (local == n && strcasecmp(mailbox, "postmaster") != 0 && !s->policy[DEFAULTDOMAIN].text)
		m->number = RECIPIENT_RELAY;
	else if (!complete(s, mailbox, local, sizeof mailbox))
		m->number = RECIPIENT_LATER;
	else
		m->number = may(s, mailbox, local);
	if (m->number == RECIPIENT_OK && !keep(s, mailbox)) m->number = RECIPIENT_MANY;
	m->len = 0;
	monitor_add(m, mailbox, NULL);
	return MONITOR_ANSWER;
}

/* Everything inherited under these names is taken out of the environment first. */
static int
put_envelope(struct session const *s, stralloc *e, struct monitor_message const *m)
{
	static char const gone[] =
	    "RECIPIENT\0SENDER\0SMTPHELOHOST\0SMTPMAILFROM\0SMTPPROTO\0SMTPSIZE\0"
	    "SMTPBODY\0SMTPRET\0SMTPENVID\0SMTPBARELF";
	struct held const *h = &s->held;
	char fmt[UINT_FMT];

	e->len = 0;
	if (!stralloc_catb(e, gone, sizeof gone) || !stralloc_catb(e, m->text, m->len)
	    || !stralloc_cats(e, "RECIPIENTS=") || !stralloc_catb(e, h->recipients, h->len - 1)
	    || !stralloc_0(e) || !stralloc_cats(e, "NRECIPIENT=")
	    || !stralloc_catb(e, fmt, uint_fmt(fmt, h->count)) || !stralloc_0(e))
		return 0;
	if (h->count != 1) return 1;
	return stralloc_cats(e, "RECIPIENT=") && stralloc_catb(e, h->recipients, h->len - 1)
	    && stralloc_0(e);
}

static void
log_mail(struct session const *s, struct child_end const *end)
{
	static char const *const how[] = { "exit", "signal", "expired", "unborn" };
	struct note n;

	note_begin(&n, &s->peer, "mail");
	note_text(&n, "id", s->held.id);
	note_number(&n, "rcpts", s->held.count);
	note_text(&n, "end", how[end->how]);
	note_number(&n, "code", (uint64_t)end->code);
	note_text(&n, "text", end->line);
	note_end(&n);
}

static enum monitor_result
answer_arrival(struct session *s, struct monitor_message *m, int *fd)
{
	static char const *const names[] = { "SENDER", "SMTPHELOHOST", "SMTPMAILFROM", "SMTPPROTO",
		"SMTPSIZE", "SMTPBODY", "SMTPRET", "SMTPENVID", "SMTPBARELF", NULL };
	static stralloc envelope = STRALLOC_ZERO; /* reused: grows once */
	struct arrival_run a = { .program = s->program,
		.protocol = "smtp",
		.id = s->held.id,
		.seconds = (unsigned int)s->policy[ARRIVAL_TIMEOUT].number,
		.fd = s->held.spool };
	struct child_end end = { .how = CHILD_UNBORN, .code = ENOMEM };

	(void)fd;
	if (s->held.spool == -1 || s->held.count == 0 || !monitor_pairs_ok(m, names))
		return MONITOR_FOUL;
	if (put_envelope(s, &envelope, m)) arrival_run(&a, envelope.s, envelope.len, &end);
	log_mail(s, &end);
	monitor_begin(m, MONITOR_ARRIVAL, (uint32_t)arrival_verdict(&end));
	m->detail = (uint32_t)end.code;
	monitor_add(m, end.line, NULL);
	forget(s);
	return MONITOR_ANSWER;
}

struct monitor_rule const smtp_rules[] = { { MONITOR_RECIPIENT, answer_recipient },
	{ MONITOR_SPOOL, answer_spool }, { MONITOR_FORGET, answer_forget },
	{ MONITOR_ARRIVAL, answer_arrival }, { 0, NULL } };
