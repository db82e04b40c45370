/* USER, PASS, ACCT, REIN, QUIT: RFC 959 4.1.1; anonymous only, RFC 1635. */

#include <poll.h>
#include <string.h>
#include <strings.h>

#include "ftp/admission.h"
#include "ftp/events.h"
#include "ftp/facts.h"
#include "ftp/handlers.h"
#include "ftp/hash.h"
#include "ftp/hosts.h"
#include "ftp/login.h"
#include "ftp/replies.h"
#include "ftp/security.h"
#include "ftp/session.h"
#include "lib/safe.h"

enum { PENALTY = 1000 /* milliseconds before a login is refused */ };

int
login_anonymous(char const *name)
{
	return strcasecmp(name, "anonymous") == 0 || strcasecmp(name, "ftp") == 0;
}

static int
may_be_anonymous(struct session const *s)
{
	return s->policy[FTP_ANON].number && login_anonymous(s->user);
}

static struct reply const *
fail(struct session *s)
{
	control_flush(s);
	(void)poll(NULL, 0, PENALTY);
	return s->failures < SESSION_FAILURES ? &r_incorrect : &r_too_many_logins;
}

/* The monitor decides, and it is another process that says 230. */
static struct reply const *
apply(struct session *s, char *password)
{
	enum admit verdict = admission(s, password);

	if (verdict == ADMIT_REJECTED) return fail(s);
	if (verdict == ADMIT_UNAVAILABLE) return &r_no_login;
	s->state |= S_GONE | S_HANDED;
	return NULL;
}

static struct reply const *
welcome(struct session *s)
{
	if (s->policy[FTP_HOSTS].text) return apply(s, NULL);
	s->state |= S_LOGIN;
	event_begin(s, "login");
	return &r_login;
}

/* The text is the same whether there is such a user or not. */
struct reply const *
ftp_user(struct session *s, char *arg)
{
	size_t n = strlen(arg);
	char name[SESSION_USER];

	safe_text(name, sizeof name, arg, n);
	if (security_wants_tls(s, !s->policy[FTP_ANON].number || !login_anonymous(arg)))
		return &r_want_tls;
	if (s->state & S_LOGIN) return strcmp(name, s->user) == 0 ? &r_any_password : &r_no_change;
	if (hosts_none(s)) return &r_wrong_host;
	memcpy(s->user, name, sizeof name);
	/* One cut short would be another's. */
	if (n >= sizeof s->asked) n = 0;
	memcpy(s->asked, arg, n);
	s->asked[n] = 0;
	if (may_be_anonymous(s) && s->policy[FTP_ANON_NOPASS].number) return welcome(s);
	s->state |= S_USER;
	return may_be_anonymous(s) ? &r_any_password : &r_password;
}

struct reply const *
ftp_pass(struct session *s, char *arg)
{
	if (s->state & S_LOGIN) return &r_already;
	if (!(s->state & S_USER)) return &r_want_user;
	s->state &= ~(unsigned int)S_USER;
	if (may_be_anonymous(s)) return welcome(s);
	s->failures++;
	if (!s->policy[FTP_LOGIN].text) {
		event_loginfail(s, "no-logins", 0);
		return fail(s);
	}
	return apply(s, arg);
}

struct reply const *
ftp_acct(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_no_account;
}

void
login_reset(struct session *s)
{
	s->state &= ~(unsigned int)(S_USER | S_LOGIN | S_TRANSIENT | S_EPSV_ALL);
	s->state |= S_ASCII;
	s->user[0] = 0;
	s->asked[0] = 0;
	s->hosted = 0;
	s->cwd[0] = '/';
	s->cwd[1] = 0;
	s->mask = (mode_t)s->policy[FTP_UMASK].number;
	s->idle = (unsigned int)s->policy[FTP_IDLE].number;
	s->allo = 0;
	s->facts = FACT_DEFAULT;
	hash_reset(s);
	data_forget(&s->data);
}

struct reply const *
ftp_rein(struct session *s, char *arg)
{
	(void)arg;
	/* RFC 4217 11: TLS would have to end with it. */
	if (s->state & (S_LOGIN | S_TLS)) return &r_no_rein;
	login_reset(s);
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
