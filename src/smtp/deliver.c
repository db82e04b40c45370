/* The monitor runs the program of a complete message. */

#include <errno.h>

#include "lib/arrival.h"
#include "smtp/event.h"
#include "smtp/rules.h"
#include "smtp/session.h"

/* What the talker may say of a message. */
static char const *const names[] = { "SENDER", "SMTPHELOHOST", "SMTPMAILFROM", "SMTPPROTO",
	"SMTPSIZE", "SMTPBODY", "SMTPUTF8", "SMTPRET", "SMTPENVID", "SMTPBY", "SMTPHOLD",
	"SMTPPRIORITY", "SMTPBARELF", NULL };

/* Everything inherited under these names is taken out of the environment first. */
static int
put_envelope(struct session const *s, stralloc *e, struct monitor_message const *m)
{
	size_t i;

	e->len = 0;
	for (i = 0; names[i]; i++)
		if (!stralloc_cats(e, names[i]) || !stralloc_0(e)) return 0;
	return stralloc_catb(e, "RECIPIENT", sizeof "RECIPIENT")
	    && stralloc_catb(e, m->text, m->len) && held_environment(&s->held, e);
}

static void
log_mail(struct session const *s, struct child_end const *end)
{
	static char const *const how[] = { "exit", "signal", "expired", "unborn" };
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "mail")) return;
	note_text(&n, "id", s->held.id);
	note_number(&n, "rcpts", s->held.count);
	note_text(&n, "end", how[end->how]);
	note_number(&n, "code", (uint64_t)end->code);
	note_text(&n, "text", end->line);
	note_end(&n);
}

enum monitor_result
rule_arrival(struct session *s, struct monitor_message *m, int *fd)
{
	static stralloc envelope = STRALLOC_ZERO; /* reused: grows once */
	struct arrival_run a = { .program = s->program,
		.protocol = "smtp",
		.id = s->held.id,
		.seconds = (unsigned int)s->policy[ARRIVAL_TIMEOUT].number,
		.fd = s->held.spool,
		.out = -1 };
	struct child_end end = { .how = CHILD_UNBORN, .code = ENOMEM };

	(void)fd;
	if (s->held.spool == -1 || s->held.count == 0 || !monitor_pairs_ok(m, names))
		return MONITOR_FOUL;
	if (put_envelope(s, &envelope, m)) arrival_run(&a, envelope.s, envelope.len, &end);
	log_mail(s, &end);
	monitor_begin(m, MONITOR_ARRIVAL, (uint32_t)arrival_verdict(&end));
	m->detail = (uint32_t)end.code;
	monitor_add(m, end.line, NULL);
	held_forget(&s->held);
	return MONITOR_ANSWER;
}
