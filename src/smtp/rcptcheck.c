/* The program RCPTCHECK names, run by the monitor for one recipient. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <skalibs/djbunix.h>

#include "lib/command.h"
#include "lib/environment.h"
#include "smtp/event.h"
#include "smtp/rcptcheck.h"
#include "smtp/session.h"

/* What is said of a message that is not there yet must not be inherited. */
static char const gone[] = "RECIPIENTS\0NRECIPIENT\0SMTPMAILFROM\0SMTPPROTO\0ARRIVAL\0"
                           "ARRIVAL_ID\0ARRIVAL_SIZE\0ARRIVAL_USER\0SMTPAUTHUSER\0SMTPAUTHMETHOD";

struct changes {
	char s[sizeof gone + MAILBOX_MAX + CANDIDATE_MAILBOX + CHECKER_SECRET + 512];
	size_t n;
};

static int
put(struct changes *e, char const *name, char const *value)
{
	size_t n = strlen(name);
	size_t m = strlen(value);

	if (n + m + 2 > sizeof e->s - e->n) return 0;
	memcpy(e->s + e->n, name, n);
	e->s[e->n + n] = '=';
	memcpy(e->s + e->n + n + 1, value, m + 1);
	e->n += n + m + 2;
	return 1;
}

static void
run(struct session const *s, struct candidate const *c, struct child_end *end)
{
	char text[COMMAND_TEXT];
	char *words[COMMAND_WORDS + 1];
	char const *argv[COMMAND_WORDS + 1];
	uint64_t seconds = s->policy[ARRIVAL_TIMEOUT].number;
	struct changes e = { .n = sizeof gone };
	struct child child = { .argv = argv,
		.out = -1,
		.asker = s->monitor.fd,
		.seconds =
		    seconds < RCPTCHECK_SECONDS ? (unsigned int)seconds : RCPTCHECK_SECONDS };
	size_t n;
	size_t i;

	*end = (struct child_end){ .how = CHILD_UNBORN, .code = E2BIG };
	memcpy(text, s->policy[RCPTCHECK].text, strlen(s->policy[RCPTCHECK].text) + 1);
	n = command_split(text, words, COMMAND_WORDS);
	for (i = 0; i < n; i++) argv[i] = words[i];
	argv[n] = NULL;
	memcpy(e.s, gone, sizeof gone);
	if (!put(&e, "SENDER", c->sender) || !put(&e, "RECIPIENT", c->mailbox)
	    || !put(&e, "SMTPHELOHOST", c->helo)
	    || (s->state & S_AUTH && !put(&e, "SMTPAUTHUSER", s->login.name)))
		return;
	child.envp = environment_with(e.s, e.n);
	child.in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (child.envp && child.in != -1)
		child_run(&child, end);
	else
		end->code = errno;
	if (child.in != -1) fd_close(child.in);
}

static enum recipient
verdict(struct child_end const *end)
{
	if (end->how != CHILD_EXITED) return RECIPIENT_LATER;
	switch (end->code) {
	case 0:
	case 99: return RECIPIENT_OK;
	case 100: return RECIPIENT_UNKNOWN;
	case 112: return RECIPIENT_DROP;
	case 113: return RECIPIENT_MANY;
	default: return RECIPIENT_LATER;
	}
}

/* The administrator's program did not say yes or no. */
static void
log_trouble(struct session const *s, struct child_end const *end)
{
	static char const *const how[] = { "exit", "signal", "timeout", "unborn", "forgotten" };
	/* A client that left is nothing that is wrong with the service. */
	unsigned int level = end->how == CHILD_FORGOTTEN ? LOG_EVENTS : LOG_ALWAYS;
	struct note n;

	if (!event_begin(&n, s, level, "err")) return;
	note_text(&n, "RCPTCHECK", s->policy[RCPTCHECK].text);
	note_text(&n, "end", how[end->how]);
	note_number(&n, "code", (uint64_t)end->code);
	note_text(&n, "text", end->line);
	note_end(&n);
}

static int
recall(struct rcptcheck const *k, struct candidate *c, enum recipient *r)
{
	size_t i;

	for (i = 0; i < RCPTCHECK_KEPT && k->kept[i].mailbox[0]; i++) {
		if (strcmp(k->kept[i].mailbox, c->mailbox) != 0
		    || strcmp(k->kept[i].sender, c->sender) != 0)
			continue;
		memcpy(c->text, k->kept[i].text, sizeof c->text);
		*r = k->kept[i].verdict;
		return 1;
	}
	return 0;
}

static void
remember(struct rcptcheck *k, struct candidate const *c, enum recipient r)
{
	unsigned int i = k->next;

	if (strlen(c->sender) >= sizeof k->kept[i].sender) return;
	k->next = (i + 1) % RCPTCHECK_KEPT;
	memcpy(k->kept[i].sender, c->sender, strlen(c->sender) + 1);
	memcpy(k->kept[i].mailbox, c->mailbox, strlen(c->mailbox) + 1);
	memcpy(k->kept[i].text, c->text, sizeof c->text);
	k->kept[i].verdict = r;
}

void
rcptcheck_forget(struct rcptcheck *k)
{
	size_t i;

	for (i = 0; i < RCPTCHECK_KEPT && k->kept[i].mailbox[0]; i++) k->kept[i].mailbox[0] = 0;
	k->next = 0;
}

enum recipient
check_policy(struct session *s, struct candidate *c)
{
	struct child_end end;
	enum recipient r;

	if (!s->policy[RCPTCHECK].text) return RECIPIENT_OK;
	if (recall(&s->checked, c, &r)) return r;
	run(s, c, &end);
	r = verdict(&end);
	memcpy(c->text, end.line, sizeof c->text);
	if (r == RECIPIENT_LATER)
		log_trouble(s, &end);
	else if (r != RECIPIENT_MANY)
		remember(&s->checked, c, r);
	return r;
}
