/* The ALPN extension of a ClientHello: RFC 8446 4.1.2 and 4.2, RFC 7301 3.1. */

#include <string.h>

#include "tls/clienthello.h"

enum { HANDSHAKE = 22, CLIENT_HELLO = 1, ALPN = 16, FIXED = 2 + 32 };

/* What is left to read of a vector. */
struct piece {
	unsigned char const *s;
	size_t n;
};

static int
take(struct piece *from, size_t n, struct piece *out)
{
	if (n > from->n) return 0;
	out->s = from->s;
	out->n = n;
	from->s += n;
	from->n -= n;
	return 1;
}

/* A number of so many bytes, most significant first. */
static int
number(struct piece *from, size_t bytes, size_t *u)
{
	struct piece p;
	size_t i;

	if (!take(from, bytes, &p)) return 0;
	*u = 0;
	for (i = 0; i < bytes; i++) *u = *u << 8 | p.s[i];
	return 1;
}

/* A vector with its length, of so many bytes, in front. */
static int
vector(struct piece *from, size_t bytes, struct piece *out)
{
	size_t n;

	return number(from, bytes, &n) && take(from, n, out);
}

static int
is_ours(struct piece const *name, char const *protocols)
{
	char const *s = protocols;

	for (;;) {
		size_t n = strcspn(s, ",");

		if (n && n == name->n && memcmp(s, name->s, n) == 0) return 1;
		if (s[n] == 0) return 0;
		s += n + 1;
	}
}

static enum clienthello
judge(struct piece extension, char const *protocols)
{
	enum clienthello r = CLIENTHELLO_ALIEN;
	struct piece list;
	struct piece name;

	if (!vector(&extension, 2, &list) || !list.n) return CLIENTHELLO_BAD;
	while (list.n) {
		if (!vector(&list, 1, &name)) return CLIENTHELLO_BAD;
		if (is_ours(&name, protocols)) r = CLIENTHELLO_OURS;
	}
	return r;
}

static enum clienthello
extensions(struct piece all, char const *protocols)
{
	enum clienthello r = CLIENTHELLO_FREE;

	while (all.n) {
		struct piece one;
		size_t kind;

		if (!number(&all, 2, &kind) || !vector(&all, 2, &one)) return CLIENTHELLO_BAD;
		if (kind == ALPN) r = judge(one, protocols);
		if (r == CLIENTHELLO_BAD) return r;
	}
	return r;
}

static enum clienthello
hello(struct piece body, char const *protocols)
{
	struct piece skipped;
	struct piece all;

	if (!take(&body, FIXED, &skipped) || !vector(&body, 1, &skipped) /* session */
	    || !vector(&body, 2, &skipped)                               /* cipher suites */
	    || !vector(&body, 1, &skipped) /* compression */)
		return CLIENTHELLO_BAD;
	if (!body.n) return CLIENTHELLO_FREE;
	return vector(&body, 2, &all) && !body.n ? extensions(all, protocols) : CLIENTHELLO_BAD;
}

enum clienthello
clienthello_read(unsigned char const *s, size_t n, char const *protocols)
{
	struct piece record = { s, n };
	struct piece message;
	struct piece body;
	size_t kind;

	if (n && s[0] != HANDSHAKE) return CLIENTHELLO_BAD;
	if (n > 1 && s[1] != 3) return CLIENTHELLO_BAD;
	if (n < 5) return CLIENTHELLO_MORE;
	if (((size_t)s[3] << 8 | s[4]) > CLIENTHELLO_MOST - 5) return CLIENTHELLO_BAD;
	record.s += 3;
	record.n -= 3;
	if (!vector(&record, 2, &message)) return CLIENTHELLO_MORE;
	if (!number(&message, 1, &kind) || kind != CLIENT_HELLO || !vector(&message, 3, &body))
		return CLIENTHELLO_BAD;
	return hello(body, protocols);
}
