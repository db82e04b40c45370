/* Received: who, from where, to whom, when; in UTC. */

#include <string.h>

#include <skalibs/types.h>

#include "lib/date.h"
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

static size_t
put_two(char *out, unsigned int n)
{
	out[0] = (char)('0' + n / 10 % 10);
	out[1] = (char)('0' + n % 10);
	return 2;
}

/* "Tue, 24 Nov 2026 14:22:02 +0000" */
static size_t
put_date(char *out, time_t now)
{
	static char const day[] = "SunMonTueWedThuFriSat";
	static char const month[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct date d;
	size_t n = 0;

	date_from_unix(&d, now);
	memcpy(out, day + (size_t)d.weekday * 3, 3);
	n = 3 + put(out + 3, ", ");
	n += uint_fmt(out + n, d.day);
	out[n++] = ' ';
	memcpy(out + n, month + (size_t)(d.month - 1) * 3, 3);
	n += 3;
	out[n++] = ' ';
	n += uint_fmt(out + n, (unsigned int)d.year);
	out[n++] = ' ';
	n += put_two(out + n, d.hour);
	out[n++] = ':';
	n += put_two(out + n, d.minute);
	out[n++] = ':';
	n += put_two(out + n, d.second);
	return n + put(out + n, " +0000");
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
	n += put(out + n, s->state & S_EHLO ? " with ESMTP id " : " with SMTP id ");
	n += put_foreign(out + n, id, 40);
	if (to) {
		n += put(out + n, "\n\tfor <");
		n += put_foreign(out + n, to, 255);
		n += put(out + n, ">");
	}
	n += put(out + n, ";\n\t");
	n += put_date(out + n, now);
	out[n++] = '\n';
	return n;
}
