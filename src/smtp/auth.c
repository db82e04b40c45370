/* AUTH: RFC 4954. The monitor has the name and the password checked. */

#include <string.h>

#include "smtp/auth.h"
#include "smtp/challenge.h"
#include "smtp/event.h"
#include "smtp/patience.h"
#include "smtp/replies.h"
#include "smtp/session.h"
#include "smtp/tls.h"

int
auth_open(struct session const *s)
{
	return s->policy[SMTP_AUTH].text && extension_on(s, EXT_AUTH)
	    && (s->state & S_TLS || s->policy[SMTP_AUTH_CLEAR].number);
}

int
auth_wants_tls(struct session const *s)
{
	int must = tls_offered(s) || s->policy[SMTP_TLS].number == TLS_REQUIRE;

	return s->policy[SMTP_AUTH].text && extension_on(s, EXT_AUTH) && !auth_open(s) && must;
}

void
auth_forget(struct session *s)
{
	if (!(s->state & S_AUTH)) return;
	s->state &= ~(unsigned int)S_AUTH;
	monitor_begin(&s->message, MONITOR_LOGIN, 0);
	(void)monitor_tell(&s->monitor, &s->message, -1);
}

/* Why AUTH may not be said here and now. */
static struct reply const *
forbidden(struct session const *s)
{
	if (!s->policy[SMTP_AUTH].text || !extension_on(s, EXT_AUTH)) return &r_none;
	if (!auth_open(s)) return auth_wants_tls(s) ? &r_want_tls : &r_none;
	if (s->state & S_AUTH) return &r_login_again;
	if (s->state & S_MAIL) return &r_in_transaction;
	if (s->state & S_EHLO) return NULL;
	return s->state & S_HELO && extension_on(s, EXT_AUTHHELO) ? NULL : &r_want_ehlo;
}

/* The answer comes with AUTH, "=" being an empty one, or by a line of its own. */
static int
first(struct session *s, struct reply const *ask, char **answer, size_t *n, struct reply const **r)
{
	*r = &r_not_base64;
	if (!*answer) {
		*answer = s->block;
		return challenge(s, ask, n, r);
	}
	if (strcmp(*answer, "=") == 0) **answer = 0;
	return sasl_decode(*answer, n);
}

static int
plain(struct session *s, char *answer, struct sasl_login *l, struct reply const **r)
{
	size_t n;

	return first(s, &r_go_on, &answer, &n, r) && sasl_plain(answer, n, l);
}

/* name has room for CHECKER_SECRET + 1: one that is longer is cut, and refused for its length. */
static int
login(struct session *s, char *answer, char *name, struct sasl_login *l, struct reply const **r)
{
	size_t n;

	if (!first(s, &r_username, &answer, &n, r) || strlen(answer) != n) return 0;
	if (n > CHECKER_SECRET) n = CHECKER_SECRET;
	memcpy(name, answer, n);
	name[n] = 0;
	if (!challenge(s, &r_password, &n, r)) return 0;
	*r = &r_not_base64;
	*l = (struct sasl_login){ "", name, s->block };
	return strlen(s->block) == n;
}

/* What abuse costs is said before the reply; a checker in trouble is no way around it. */
static struct reply const *
fail(struct session *s, struct reply const *r)
{
	session_delay(s, 1U << s->logins);
	if (++s->logins < LOGIN_FAILURES) return r;
	session_end(s, "errors", 1);
	return &r_many_logins;
}

static struct reply const *
ask(struct session *s, enum sasl mechanism, struct sasl_login const *l)
{
	struct monitor_message *m = &s->message;
	int told;
	int fd;

	monitor_begin(m, MONITOR_LOGIN, mechanism);
	told = monitor_add(m, l->name, NULL) && monitor_add(m, l->password, NULL)
	    && monitor_tell(&s->monitor, m, -1);
	explicit_bzero(m->text, m->len);
	if (told && !patience(s)) {
		session_end(s, "lost", 1);
		return NULL;
	}
	m->kind = MONITOR_LOGIN;
	if (!told || !monitor_hear(&s->monitor, m, &fd)) {
		session_end(s, "error", 1);
		return &r_no_service;
	}
	if (m->number != LOGIN_RIGHT)
		return fail(s, m->number == LOGIN_WRONG ? &r_incorrect : &r_no_login);
	s->state |= S_AUTH;
	return &r_logged_in;
}

static struct reply const *
decide(struct session *s, enum sasl mechanism, struct sasl_login const *l)
{
	char const *why = sasl_refusal(l);

	if (!why) return ask(s, mechanism, l);
	event_login(s, mechanism, l->name, why);
	return fail(s, &r_incorrect);
}

/* mechanism, and what follows it: NULL if nothing does. */
static char *
split(char *arg)
{
	char *rest = arg + strcspn(arg, " \t");

	if (!*rest) return NULL;
	*rest++ = 0;
	return rest + strspn(rest, " \t");
}

struct reply const *
smtp_auth(struct session *s, char *arg)
{
	struct reply const *r = forbidden(s);
	char name[CHECKER_SECRET + 1];
	struct sasl_login l;
	enum sasl mechanism;
	char *answer;
	int heard;
	int said;

	if (r) return r;
	event_known(s);
	if (!arg[0]) return &r_want_argument;
	answer = split(arg);
	mechanism = sasl_find(arg);
	if (mechanism == SASL_MECHANISMS) return &r_mechanism;
	heard = !answer || mechanism == SASL_LOGIN;
	said = mechanism == SASL_PLAIN ? plain(s, answer, &l, &r) : login(s, answer, name, &l, &r);
	if (said) r = decide(s, mechanism, &l);
	/* The line of the command, which may have held it too, is wiped by the loop. */
	if (heard) explicit_bzero(s->block, CHALLENGE_LINE);
	return r;
}
