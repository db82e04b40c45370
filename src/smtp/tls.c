/* Who ends TLS for us: tls-session, s6-tlsd, s6-ucspitlsd, sslserver, tlswrapper. */

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smtp/event.h"
#include "smtp/session.h"
#include "smtp/tls.h"

enum {
	OLD_CONTROL = 5, /* where tlswrapper -n waits for a sign */
	VARIABLE = 128   /* of a variable, with its end */
};

static int
is(int fd, mode_t kind)
{
	struct stat st;

	return fstat(fd, &st) == 0 && (st.st_mode & S_IFMT) == kind;
}

/*
 * It carries both sides of the handshake by the same pipe: what was injected before it
 * would come out as if it had been encrypted.
 */
static int
is_old_dialect(void)
{
	return is(0, S_IFIFO) && is(1, S_IFIFO) && is(OLD_CONTROL, S_IFIFO) && !getenv("SSLCTLFD")
	    && !starttls_around(0);
}

/* What is said of TLS and its two ends; but SSL_CERT_FILE and SSL_CERT_DIR are the system's. */
static void
forget_tls(void)
{
	char name[VARIABLE];
	size_t i = 0;

	while (environ[i]) {
		size_t n = strcspn(environ[i], "=");

		if (strncmp(environ[i], "SSL_", 4) != 0 || n >= sizeof name
		    || strncmp(environ[i], "SSL_CERT_", 9) == 0) {
			i++;
			continue;
		}
		memcpy(name, environ[i], n);
		name[n] = 0;
		(void)unsetenv(name);
	}
}

/* They name descriptors that nobody has, or another connection. */
static void
clean(struct session const *s)
{
	(void)unsetenv("SSLCTLFD");
	(void)unsetenv("SSLREADFD");
	(void)unsetenv("SSLWRITEFD");
	(void)unsetenv("TLS_SESSION");
	if (!(s->state & S_TLS)) forget_tls();
}

static void
note_useless(struct session const *s, char const *why)
{
	struct note n;

	note_begin(&n, &s->peer, "no-starttls");
	note_text(&n, "why", why);
	note_end(&n);
}

void
tls_take(struct session *s)
{
	if (is_old_dialect()) note_useless(s, "tlswrapper -n: STARTTLS needs UCSPI-TLS");
	s->socket = s->waits = is(0, S_IFSOCK);
	if (s->policy[SMTP_TLS].number == TLS_ACTIVE || starttls_around(0)) s->state |= S_TLS;
	if (!starttls_take(&s->tls)) note_useless(s, "SSLCTLFD, SSLREADFD or SSLWRITEFD");
	if (s->state & S_TLS) starttls_drop(&s->tls);
	s->startable = s->tls.offered && extension_on(s, EXT_STARTTLS);
	s->tls_socket = s->tls.offered && is(STARTTLS_IN, S_IFSOCK);
	clean(s);
}

int
tls_offered(struct session const *s)
{
	return s->startable && s->tls.offered && !(s->state & S_TLS);
}

static int
names(char const *variable)
{
	char const *x = getenv(variable);

	return x && x[0];
}

int
tls_missing(struct session const *s)
{
	if (!extension_on(s, EXT_STARTTLS)) return 0;
	return s->policy[SMTP_TLS].number == TLS_REQUIRE || names("TLS_CERT") || names("TLS_DIR");
}
