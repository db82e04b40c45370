/* USER, PASS, ACCT, REIN, QUIT: RFC 959 4.1.1; anonymous only, RFC 1635. */

#include <poll.h>
#include <string.h>
#include <strings.h>

#include "ftp/events.h"
#include "ftp/facts.h"
#include "ftp/handlers.h"
#include "ftp/hash.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "lib/safe.h"

enum { PENALTY = 1000 /* milliseconds before a login is refused */ };

static int
anonymous(char const *name)
{
	return strcasecmp(name, "anonymous") == 0 || strcasecmp(name, "ftp") == 0;
}

/* The text is the same whether there is such a user or not. */
struct reply const *
ftp_user(struct session *s, char *arg)
{
	char name[SESSION_USER];

	safe_text(name, sizeof name, arg, strlen(arg));
	if (s->state & S_LOGIN) return strcmp(name, s->user) == 0 ? &r_any_password : &r_no_change;
	memcpy(s->user, name, sizeof name);
	s->state |= S_USER;
	return s->policy[FTP_ANON].number && anonymous(name) ? &r_any_password : &r_password;
}

static struct reply const *
fail(struct session *s)
{
	s->failures++;
	event_loginfail(s);
	control_flush(s);
	(void)poll(NULL, 0, PENALTY);
	return s->failures < SESSION_FAILURES ? &r_incorrect : &r_too_many_logins;
}

struct reply const *
ftp_pass(struct session *s, char *arg)
{
	(void)arg;
	if (s->state & S_LOGIN) return &r_already;
	if (!(s->state & S_USER)) return &r_want_user;
	s->state &= ~(unsigned int)S_USER;
	if (!s->policy[FTP_ANON].number || !anonymous(s->user)) return fail(s);
	s->state |= S_LOGIN;
	event(s, "login");
	return &r_login;
}

struct reply const *
ftp_acct(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_no_account;
}

struct reply const *
ftp_rein(struct session *s, char *arg)
{
	(void)arg;
	if (s->state & S_LOGIN) return &r_no_rein;
	s->state &= ~(unsigned int)(S_USER | S_ASCII);
	s->user[0] = 0;
	s->facts = FACT_DEFAULT;
	hash_reset(s);
	return &r_rein;
}

/* During a transfer its reply comes first, then ours. */
struct reply const *
ftp_quit(struct session *s, char *arg)
{
	(void)arg;
	s->state |= S_QUIT;
	return s->state & S_BUSY ? NULL : &r_goodbye;
}
