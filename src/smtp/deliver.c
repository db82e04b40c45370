/* The monitor runs the program of a complete message. */

#include <errno.h>
#include <string.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "lib/arrival.h"
#include "smtp/fact.h"
#include "smtp/queue.h"
#include "smtp/rules.h"
#include "smtp/session.h"
#include "smtp/spool.h"

static int
put_login(stralloc *e, struct login const *l)
{
	return stralloc_cats(e, "SMTPAUTHUSER=") && stralloc_cats(e, l->name) && stralloc_0(e)
	    && stralloc_cats(e, "SMTPAUTHMETHOD=") && stralloc_cats(e, sasl_names[l->mechanism])
	    && stralloc_0(e);
}

/* Everything inherited under these names is taken out of the environment first. */
static int
put_envelope(stralloc *e, struct session const *s, struct monitor_message const *m)
{
	static char const others[] = "RECIPIENT\0SMTPAUTHUSER\0SMTPAUTHMETHOD";
	size_t i;

	e->len = 0;
	for (i = 0; fact_names[i]; i++)
		if (!stralloc_cats(e, fact_names[i]) || !stralloc_0(e)) return 0;
	return stralloc_catb(e, others, sizeof others) && stralloc_catb(e, m->text, m->len)
	    && (!(s->state & S_AUTH) || put_login(e, &s->login));
}

/* How it ended, in a word for the log. */
static void
put_fate(struct monitor_message *m, struct child_end const *end)
{
	static char const *const how[] = { [CHILD_EXITED] = "",
		[CHILD_KILLED] = "signal-",
		[CHILD_EXPIRED] = "timeout",
		[CHILD_UNBORN] = "none",
		[CHILD_FORGOTTEN] = "none" };
	char word[16 + UINT_FMT];
	size_t n = strlen(how[end->how]);

	memcpy(word, how[end->how], n + 1);
	if (end->how == CHILD_EXITED || end->how == CHILD_KILLED)
		word[n + uint_fmt(word + n, (unsigned int)end->code)] = 0;
	monitor_add(m, word, NULL);
}

/* For so many recipients from number first on. */
static void
run(struct session const *s, struct monitor_message const *m, unsigned int first,
    unsigned int count, struct child_end *end)
{
	static stralloc envelope = STRALLOC_ZERO; /* reused: grows once */
	struct arrival_run a = { .program = s->program,
		.protocol = "smtp",
		.id = s->held.id,
		.user = s->state & S_AUTH ? s->login.name : NULL,
		.seconds = (unsigned int)s->policy[ARRIVAL_TIMEOUT].number,
		.fd = s->held.spool,
		.alone = s->held.still && !s->lmtp,
		.writer = s->held.still ? 0 : s->monitor.talker,
		.out = -1 };
	struct held const *h = &s->held;

	*end = (struct child_end){ .how = CHILD_UNBORN, .code = ENOMEM };
	if (!put_envelope(&envelope, s, m) || !held_environment(h, first, count, &envelope)) return;
	if (s->queue) {
		a.out = queue_envelope(
		    s->policy[ARRIVAL_SPOOL].text, h, monitor_value(m, "SENDER"), first, count);
		end->code = errno;
		if (a.out == -1) return;
	}
	arrival_run(&a, envelope.s, envelope.len, end);
	if (a.out != -1) fd_close(a.out);
}

/* In LMTP number is the next RCPT command that was accepted, from 1; else 0. */
static int
choose(struct session const *s, uint32_t number, unsigned int *first, unsigned int *count)
{
	struct held const *h = &s->held;

	*first = 0;
	*count = h->count;
	if (!s->lmtp) return number == 0;
	if (number != h->answered + 1) return 0;
	*first = h->named[h->answered];
	*count = *first != HELD_DROPPED;
	return 1;
}

/* For the log: the talker does not know them by number. */
static void
add_recipient(struct monitor_message *m, struct held const *h, unsigned int which)
{
	char const *s = h->text + h->begin[which];
	char mailbox[CANDIDATE_MAILBOX];
	size_t n = strcspn(s, "\n");

	memcpy(mailbox, s, n);
	mailbox[n] = 0;
	monitor_add(m, mailbox, NULL);
}

/* Run it, unless nobody gets the message; the recipient named twice has it from the first time. */
static void
deliver(struct session *s, struct monitor_message *m, unsigned int first, unsigned int count)
{
	struct child_end end = { .how = CHILD_EXITED };
	struct held *h = &s->held;
	int runs = count && !h->kept[first];
	enum arrival verdict;

	if (runs) run(s, m, first, count, &end);
	verdict = s->queue ? queue_verdict(&end) : arrival_verdict(&end);
	if (count) h->kept[first] = verdict == ARRIVAL_KEPT || verdict == ARRIVAL_TAKEN;
	monitor_begin(m, MONITOR_ARRIVAL, verdict);
	m->detail = (uint32_t)end.code;
	monitor_add(m, end.line, NULL);
	if (runs)
		put_fate(m, &end);
	else
		monitor_add(m, "", NULL);
}

enum monitor_result
rule_arrival(struct session *s, struct monitor_message *m, int *fd)
{
	struct held *h = &s->held;
	char const *sender = monitor_value(m, "SENDER");
	unsigned int first;
	unsigned int count;

	(void)fd;
	if (h->spool == -1 || h->commands == 0 || !facts_ok(s, m) || !sender
	    || !held_from(h, sender) || !choose(s, m->number, &first, &count))
		return MONITOR_FOUL;
	/* Once: in LMTP the programs of the first recipients may have made it theirs. */
	if (h->answered == 0 && !spool_close(s)) return MONITOR_FOUL;
	deliver(s, m, first, count);
	if (s->lmtp && count) add_recipient(m, h, first);
	if (!s->lmtp || ++h->answered == h->commands) held_forget(h);
	return MONITOR_ANSWER;
}
