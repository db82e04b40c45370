/* AUTH, PBSZ, PROT, CCC: RFC 2228 3, RFC 4217. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/hosts.h"
#include "ftp/login.h"
#include "ftp/replies.h"
#include "ftp/security.h"
#include "ftp/session.h"

enum { READY = 10, HANDSHAKE = 60 /* seconds; tls-io has its own, shorter limit */ };

int
security_wants_tls(struct session const *s, int password)
{
	if (s->state & S_TLS) return 0;
	switch (s->policy[FTP_TLS].number) {
	case TLS_REQUIRED: return 1;
	case TLS_LOGIN: return s->tls.offered && s->policy[FTP_LOGIN].text && password;
	default: return 0;
	}
}

int
security_hides(struct session const *s, struct verb const *row)
{
	return !(row->rules & CLEAR) && !(s->state & S_TLS)
	    && s->policy[FTP_TLS].number == TLS_REQUIRED;
}

int
security_lacks_tls(struct session const *s)
{
	return s->policy[FTP_TLS].number == TLS_REQUIRED && !(s->state & S_PRIVATE);
}

void
security_on(struct session *s)
{
	s->state |= S_TLS;
	event_tls(s);
}

/* There should be TLS, and tls-session has told the log why there is none. */
static int
is_missing(void)
{
	return getenv("TLS_CERT") || getenv("TLS_DIR");
}

/* RFC 4217 4: only bytes that come after the 234 may be TLS, and all of them are. */
static int
early(struct session const *s)
{
	return s->control.at != s->control.len || starttls_early();
}

/* Its lines of the log say it too: loginfail, hook. Should it be gone, so are we. */
static void
tell_monitor(struct session *s)
{
	if (!s->monitored) return;
	monitor_begin(&s->message, MONITOR_TLS, 0);
	(void)monitor_add(&s->message, s->tls.protocol, NULL);
	(void)monitor_tell(&s->monitor, &s->message, -1);
}

/* After the 234 there is no way back. The reply is said already: NULL. */
static struct reply const *
begin(struct session *s)
{
	tain deadline;

	control_say(s, &r_auth_ok);
	control_flush(s);
	tain_now_g();
	tain_addsec_g(&deadline, HANDSHAKE);
	if ((s->state & S_GONE) || !starttls_begin(&s->tls, &deadline)) {
		event_refuse(s, "tls-fail");
		s->state |= S_GONE;
		return NULL;
	}
	tell_monitor(s);
	login_reset(s);
	hosts_secured(s);
	control_secure(&s->control);
	security_on(s);
	return NULL;
}

static int
is_known(char const *type)
{
	return strcasecmp(type, "TLS") == 0 || strcasecmp(type, "TLS-C") == 0
	    || strcasecmp(type, "SSL") == 0;
}

/* After a login with a password nobody is left who could check another one. */
static struct reply const *
no_tls(struct session const *s)
{
	if (!is_missing()) return &r_no_tls;
	return s->second ? &r_auth_late : &r_tls_bad;
}

struct reply const *
ftp_auth(struct session *s, char *arg)
{
	tain deadline;

	if (s->state & S_TLS) return &r_tls_already;
	if (!s->tls.offered) return no_tls(s);
	if (!is_known(arg)) return &r_bad_auth;
	if (early(s)) {
		event_refuse(s, "plaintext-after-auth");
		return &r_early;
	}
	control_flush(s);
	tain_now_g();
	tain_addsec_g(&deadline, READY);
	return starttls_ready(&s->tls, &deadline) ? begin(s) : &r_tls_bad;
}

struct reply const *
ftp_pbsz(struct session *s, char *arg)
{
	uint32_t size; /* RFC 2228 3: of 32 bits, and here none but 0 makes sense */

	if (!uint320_scan(arg, &size)) return &r_bad_argument;
	if (!(s->state & S_TLS)) return &r_auth_first;
	s->state |= S_PBSZ;
	return &r_pbsz;
}

static struct reply const *
set(struct session *s, char const *level)
{
	s->state &= ~(unsigned int)S_PRIVATE;
	if (level[0] == 'P') s->state |= S_PRIVATE;
	return reply_fill(&s->said, s->text, &r_prot, level);
}

/* S and E are the levels of RFC 2228 3 that TLS does not have. */
struct reply const *
ftp_prot(struct session *s, char *arg)
{
	if (!(s->state & S_PBSZ)) return &r_pbsz_first;
	if (strcasecmp(arg, "P") == 0) return s->tls.provider ? set(s, "P") : &r_prot_none;
	if (strcasecmp(arg, "S") == 0 || strcasecmp(arg, "E") == 0) return &r_prot_level;
	if (strcasecmp(arg, "C") != 0) return &r_bad_level;
	return s->policy[FTP_TLS].number == TLS_REQUIRED ? &r_prot_c : set(s, "C");
}

struct reply const *
ftp_ccc(struct session *s, char *arg)
{
	(void)arg;
	return s->state & S_TLS ? &r_ccc : &r_not_protected;
}
