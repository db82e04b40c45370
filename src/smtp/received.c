/* Received: who, from where, to whom, when; in UTC. */

#include <string.h>

#include <skalibs/types.h>

#include "mime/date.h"
#include "smtp/protocol.h"
#include "smtp/received.h"
#include "smtp/session.h"

/* Everything outside the list becomes '?': nothing a peer says can add a field. */
static size_t
put_foreign(char *out, char const *s, size_t most)
{
	static char const ok[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@%+/=:-[]_";
	size_t n;

	for (n = 0; n < most && s[n]; n++) {
		out[n] = s[n];
		if (!strchr(ok, s[n])) out[n] = '?';
	}
	return n;
}

static size_t
put(char *out, char const *s)
{
	size_t n = strlen(s);

	memcpy(out, s, n);
	return n;
}

size_t
received_format(char *out, struct session const *s, char const *id, char const *to, time_t now)
{
	size_t n = put(out, "Received: from ");

	n += s->helo[0] ? put_foreign(out + n, s->helo, 255) : put(out + n, "unknown");
	n += put(out + n, " (");
	n += s->peer.host[0] ? put_foreign(out + n, s->peer.host, 255) : put(out + n, "unknown");
	n += put(out + n, " [");
	n += put(out + n, s->peer.text);
	n += put(out + n, "]:");
	n += uint_fmt(out + n, s->peer.port);
	n += put(out + n, ")\n\tby ");
	n += put_foreign(out + n, s->name, 255);
	n += put(out + n, " with ");
	n += put(out + n, protocol_name(s));
	n += put(out + n, " id ");
	n += put_foreign(out + n, id, 40);
	if (to) {
		n += put(out + n, "\n\tfor <");
		n += put_foreign(out + n, to, 255);
		n += put(out + n, ">");
	}
	n += put(out + n, ";\n\t");
	n += mime_date_format(out + n, now);
	out[n++] = '\n';
	return n;
}
