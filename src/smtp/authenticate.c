/* AUTH, as a client: RFC 4954. */

#include <string.h>

#include "mime/b64.h"
#include "smtp/fates.h"
#include "smtp/sending.h"

enum {
	MESSAGE = CREDENTIALS_BYTES + 64, /* what a mechanism says at once */
	CODED = MESSAGE / 3 * 4 + 8,
	INITIAL = 512 /* a command has room for, which older servers insist on */
};

/* Strings one behind another, 0 included where size says so. */
static size_t
put(char *out, size_t n, char const *s, size_t size)
{
	memcpy(out + n, s, size);
	return n + size;
}

static size_t
message(struct credentials const *c, enum mechanism m, char *out)
{
	size_t n = 0;

	if (m == MECHANISM_PLAIN) {
		n = put(out, n, "", 1);
		n = put(out, n, c->name, strlen(c->name) + 1);
		return put(out, n, c->secret, strlen(c->secret));
	}
	n = put(out, n, "user=", 5);
	n = put(out, n, c->name, strlen(c->name));
	n = put(out, n, "\1auth=Bearer ", 13);
	n = put(out, n, c->secret, strlen(c->secret));
	return put(out, n, "\1\1", 2);
}

static struct outcome const *
ask(struct sending *s, char const *a, char const *b, char const *c)
{
	char const *const words[] = { a, b, c, NULL };

	client_put(&s->client, words);
	return client_hear(&s->client, COMMAND_SECS);
}

static int
goes_on(struct outcome const *o)
{
	return o && o->code == 334;
}

static struct outcome const *
code_and_ask(struct sending *s, char const *text)
{
	char coded[CODED];
	struct outcome const *o;

	coded[mime_b64_flat(text, strlen(text), coded)] = 0;
	o = ask(s, coded, "", "");
	explicit_bzero(coded, sizeof coded);
	return o;
}

static struct outcome const *
login(struct sending *s)
{
	struct outcome const *o = ask(s, "AUTH LOGIN", "", "");

	if (!goes_on(o)) return o;
	o = code_and_ask(s, s->credentials.name);
	return goes_on(o) ? code_and_ask(s, s->credentials.secret) : o;
}

/* All in one message, with the command if that does not become too long. */
static struct outcome const *
at_once(struct sending *s, enum mechanism m)
{
	char const *name = mechanism_names[m];
	char plain[MESSAGE];
	char coded[CODED];
	struct outcome const *o;
	size_t n = mime_b64_flat(plain, message(&s->credentials, m, plain), coded);

	coded[n] = 0;
	if (sizeof "AUTH  \r\n" + strlen(name) + n <= INITIAL) {
		char const *const words[] = { "AUTH ", name, " ", coded, NULL };

		client_put(&s->client, words);
		o = client_hear(&s->client, COMMAND_SECS);
	} else {
		o = ask(s, "AUTH ", name, "");
		if (goes_on(o)) o = ask(s, coded, "", "");
	}
	explicit_bzero(plain, sizeof plain);
	explicit_bzero(coded, sizeof coded);
	/* Why not, for people who debug: the refusal itself comes after an empty line. */
	return m == MECHANISM_XOAUTH2 && goes_on(o) ? ask(s, "", "", "") : o;
}

/* That a password has changed must not bounce mail, unless it is meant to. */
static int
refused(struct sending *s, struct outcome const *o)
{
	struct outcome space;

	if (goes_on(o)) o = ask(s, "*", "", "");
	if (!o || o->code / 100 != 5 || s->request.final) return sending_fail(s, o);
	outcome_fate(&space, &f_login, o->text);
	addressee_settle_rest(&s->to, &space);
	return 0;
}

static enum mechanism
choose(struct sending const *s)
{
	struct request const *r = &s->request;
	size_t i;

	for (i = 0; i < r->mechanisms; i++)
		if (s->offer.auth >> r->mechanism[i] & 1) return r->mechanism[i];
	return MECHANISMS;
}

int
sending_login(struct sending *s)
{
	enum mechanism m = choose(s);
	struct outcome const *o;

	if (!s->request.mechanisms) return 1;
	if (!s->tls.active && !s->request.insecure) return sending_give_up(s, &f_clear, NULL);
	if (m == MECHANISMS) return sending_give_up(s, &f_no_login, NULL);
	if (!sending_in_step(s, "AUTH")) return 0;
	s->client.secret = 1;
	o = m == MECHANISM_LOGIN ? login(s) : at_once(s, m);
	s->client.secret = 0;
	credentials_wipe(&s->credentials);
	return o && o->code == 235 ? 1 : refused(s, o);
}
