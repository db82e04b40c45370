/* The variables of UCSPI and UCSPI-TLS that are set or taken away. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/posixplz.h>
#include <skalibs/types.h>

#include "lib/peer.h"
#include "tls/changes.h"

int
changes_add(struct changes *c, char const *name, char const *value)
{
	size_t n = strlen(name);
	size_t v = value ? strlen(value) + 1 : 0;

	if (n + v + 1 > sizeof c->s - c->n) return 0;
	memcpy(c->s + c->n, name, n);
	c->n += n;
	if (value) {
		c->s[c->n] = '=';
		memcpy(c->s + c->n + 1, value, v - 1);
		c->n += v;
	}
	c->s[c->n++] = 0;
	return 1;
}

int
changes_number(struct changes *c, char const *name, int value)
{
	char fmt[INT_FMT];

	fmt[int_fmt(fmt, value)] = 0;
	return changes_add(c, name, fmt);
}

void
changes_clean(struct changes *c)
{
	size_t i;

	for (i = 0; environ[i]; i++) {
		size_t n = strcspn(environ[i], "=");
		char name[64];

		if (strncmp(environ[i], "SSL", 3) != 0 || n >= sizeof name) continue;
		memcpy(name, environ[i], n);
		name[n] = 0;
		(void)changes_add(c, name, NULL);
	}
	if (getenv("TLS_SESSION")) (void)changes_add(c, "TLS_SESSION", NULL);
}

/* A name left behind by another connection, or of another PROTO, would be taken for the peer's. */
static void
change_names(struct changes *c, struct peer const *p)
{
	char const *proto = getenv("PROTO");

	if (proto && strcmp(proto, "TCP") == 0 && !p->stale) return;
	(void)changes_add(c, "TCPREMOTEHOST", p->host[0] ? p->host : NULL);
	(void)changes_add(c, "TCPREMOTEINFO", NULL);
	(void)changes_add(c, "TCPLOCALHOST", p->name[0] ? p->name : NULL);
}

void
changes_peer(struct changes *c)
{
	struct peer p;

	memset(&p, 0, sizeof p);
	peer_get(&p, 0);
	if (!p.socket) return;
	change_names(c, &p);
	(void)changes_add(c, "PROTO", "TCP");
	(void)changes_add(c, "TCPREMOTEIP", p.text);
	(void)changes_number(c, "TCPREMOTEPORT", p.port);
	if (!p.here) return;
	(void)changes_add(c, "TCPLOCALIP", p.localtext);
	(void)changes_number(c, "TCPLOCALPORT", p.localport);
}
