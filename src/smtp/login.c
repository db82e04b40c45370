/* Who may log in: SMTP_AUTH, asked by the monitor. */

#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "smtp/event.h"
#include "smtp/rcptcheck.h"
#include "smtp/rules.h"
#include "smtp/session.h"

#define TRUE "/bin/true"

/* What an honest talker asks: a name and a password that a checker may be asked about. */
static int
well_formed(struct monitor_message const *m, struct sasl_login *l)
{
	size_t n = strlen(m->text) + 1;

	if (n >= m->len || n + strlen(m->text + n) + 1 != m->len) return 0;
	*l = (struct sasl_login){ "", m->text, m->text + n };
	return m->number < SASL_MECHANISMS && !sasl_refusal(l);
}

/* A checker that takes the login runs "true", whose exit status is then its own. */
static enum login_verdict
verdict(struct checker_end const *end)
{
	if (end->how != CHECKER_EXITED) return LOGIN_LATER;
	switch (end->code) {
	case 0: return LOGIN_RIGHT;
	case 1:
	case 100: return LOGIN_WRONG;
	default: return LOGIN_LATER;
	}
}

/* The administrator's program said neither yes nor no. */
static void
log_trouble(struct session const *s, struct checker_end const *end)
{
	static char const *const how[] = { "ready", "exit", "signal", "timeout", "unborn",
		"forgotten" };
	/* A client that left is nothing that is wrong with the service. */
	unsigned int level = end->how == CHECKER_FORGOTTEN ? LOG_EVENTS : LOG_ALWAYS;
	struct note n;

	if (!event_begin(&n, s, level, "err")) return;
	note_text(&n, "SMTP_AUTH", s->policy[SMTP_AUTH].text);
	note_text(&n, "end", how[end->how]);
	note_number(&n, "code", (uint64_t)end->code);
	note_end(&n);
}

/* Everything lies in the message, which is small enough for it. */
static enum login_verdict
check(struct session *s, struct monitor_message *m)
{
	/* Not all checkers look for it. */
	char const *const yes[] = { access(TRUE, X_OK) == 0 ? TRUE : "true", NULL };
	uint64_t seconds = s->policy[ARRIVAL_TIMEOUT].number;
	tain deadline;
	struct checker c = { .command = s->policy[SMTP_AUTH].text,
		.stage = yes,
		.secret = m->text,
		.asker = s->monitor.fd,
		.deadline = &deadline };
	struct checker_end end;
	enum login_verdict v;

	m->text[m->len++] = 0; /* the third field, where a challenge would be */
	c.n = m->len;
	tain_now_g();
	tain_addsec_g(&deadline, seconds < LOGIN_SECONDS ? (int)seconds : LOGIN_SECONDS);
	checker_run(&c, m, &end);
	if (end.how == CHECKER_READY) checker_stop(&end);
	v = verdict(&end);
	if (v == LOGIN_LATER) log_trouble(s, &end);
	return v;
}

/* No text: nobody has logged in any more. */
enum monitor_result
rule_login(struct session *s, struct monitor_message *m, int *fd)
{
	struct sasl_login l;
	enum login_verdict v;

	if (m->len == 0) {
		s->state &= ~(unsigned int)S_AUTH;
		return MONITOR_SILENT;
	}
	if (*fd != -1 || !s->policy[SMTP_AUTH].text || s->state & S_AUTH
	    || s->logins >= LOGIN_FAILURES || !well_formed(m, &l))
		return MONITOR_FOUL;
	memcpy(s->login.name, l.name, strlen(l.name) + 1);
	s->login.mechanism = (enum sasl)m->number;
	v = check(s, m);
	if (v != LOGIN_LATER)
		event_login(
		    s, s->login.mechanism, s->login.name, v == LOGIN_RIGHT ? NULL : "password");
	if (v == LOGIN_RIGHT) {
		s->state |= S_AUTH;
		rcptcheck_forget(&s->checked);
	} else {
		s->logins++;
	}
	monitor_begin(m, MONITOR_LOGIN, v);
	return MONITOR_ANSWER;
}
