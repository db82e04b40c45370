/* Options and operands: letters, values, bounds. */

#include <string.h>
#include <strings.h>

#include <skalibs/sgetopt.h>
#include <skalibs/types.h>

#include "lib/safe.h"
#include "smtp/addressee.h"
#include "smtp/request.h"

enum {
	ENVID_MAX = 100 /* RFC 3461 4.4 */,
	NAME_MAX_LEN = 255,
	SECS_MAX = 86400,
	SPOOL = 64 * 1024 * 1024
};

/* The place of arg in names, which end with NULL; the number of names if it is none. */
static unsigned int
choice(char const *arg, char const *const *names)
{
	unsigned int i = 0;

	while (names[i] && strcmp(arg, names[i]) != 0) i++;
	return i;
}

static int
when(char const *arg, enum when *w)
{
	static char const *const names[] = { "auto", "on", "off", NULL };
	unsigned int i = choice(arg, names);

	if (names[i]) *w = (enum when)i;
	return names[i] != NULL;
}

static int
eight(struct request *r, char const *arg)
{
	static char const *const names[] = { "fail", "send", NULL };
	unsigned int i = choice(arg, names);

	r->eight = i == 1;
	return names[i] != NULL;
}

static int
returned(struct request *r, char const *arg)
{
	static char const *const names[] = { "full", "hdrs", NULL };
	static char const *const values[] = { "FULL", "HDRS", NULL };
	unsigned int i = choice(arg, names);

	r->ret = values[i];
	return names[i] != NULL;
}

/* NEVER, or some of the others: RFC 3461 4.1. Kept in one canonical order. */
static int
notify(struct request *r, char const *arg)
{
	static char const *const values[] = { "NEVER", "SUCCESS", "FAILURE", "SUCCESS,FAILURE",
		"DELAY", "SUCCESS,DELAY", "FAILURE,DELAY", "SUCCESS,FAILURE,DELAY" };
	static char const *const words[] = { "success", "failure", "delay" };
	unsigned int set = 0;

	if (strcasecmp(arg, "never") != 0) {
		for (;;) {
			size_t n = strcspn(arg, ",");
			size_t i;

			for (i = 0; i < 3; i++)
				if (strlen(words[i]) == n && strncasecmp(arg, words[i], n) == 0)
					break;
			if (i == 3) return 0;
			set |= 1U << i;
			if (arg[n] == 0) break;
			arg += n + 1;
		}
	}
	r->notify = values[set];
	return 1;
}

/* xtext: RFC 3461 4. */
static int
envid(struct request *r, char const *arg)
{
	static char const hex[] = "0123456789ABCDEF";
	static char text[ENVID_MAX + 1];
	size_t w = 0;

	if (!arg[0] || !safe_is(arg, strlen(arg), 0)) return 0;
	for (; *arg; arg++) {
		int coded = *arg == ' ' || *arg == '+' || *arg == '=';

		if (w + (coded ? 3 : 1) > ENVID_MAX) return 0;
		if (coded) {
			text[w++] = '+';
			text[w++] = hex[(unsigned char)*arg >> 4];
			text[w++] = hex[*arg & 15];
		} else
			text[w++] = *arg;
	}
	text[w] = 0;
	r->envid = text;
	return 1;
}

static int
helo(struct request *r, char const *arg)
{
	size_t n = strlen(arg);

	r->helo = arg;
	return n > 0 && n <= NAME_MAX_LEN && safe_is(arg, n, 0) && !strchr(arg, ' ');
}

/* -a: names with commas between, each once. */
static int
logins(struct request *r, char const *arg)
{
	for (;;) {
		size_t n = strcspn(arg, ",");
		enum mechanism m = mechanism_find(arg, n);
		size_t i;

		for (i = 0; i < r->mechanisms; i++)
			if (r->mechanism[i] == m) return 0;
		if (m == MECHANISMS) return 0;
		r->mechanism[r->mechanisms++] = m;
		if (arg[n] == 0) return 1;
		arg += n + 1;
	}
}

static int
secured(struct request *r, char const *arg)
{
	static char const *const names[] = { "opportunistic", "require", "never", "active", NULL };
	unsigned int i = choice(arg, names);

	if (names[i]) r->secure = (enum secure)i;
	return names[i] != NULL;
}

static int
valued(struct request *r, int opt, char const *arg)
{
	switch (opt) {
	case '8': return eight(r, arg);
	case 'a': return logins(r, arg);
	case 'A': r->insecure = 1; return strcmp(arg, "insecure") == 0;
	case 'c': r->strict = 1; return strcmp(arg, "crlf") == 0;
	case 'e': return envid(r, arg);
	case 'f': r->file = arg; return 1;
	case 'h': return helo(r, arg);
	case 'm': return uint640_scan(arg, &r->spool) > 0;
	case 'n': return notify(r, arg);
	case 'p': return when(arg, &r->pipelines);
	case 'R': return returned(r, arg);
	case 'P': r->secrets = arg; return 1;
	case 's': return secured(r, arg);
	case 't': return uint0_scan(arg, &r->secs) > 0 && r->secs > 0 && r->secs <= SECS_MAX;
	case 'z': return when(arg, &r->bdat);
	default: return 0;
	}
}

static int
option(struct request *r, int opt, char const *arg)
{
	switch (opt) {
	case '1': r->all = 1; return 1;
	case 'i': r->inherits = 1; return 1;
	case 'k': r->final = 1; return 1;
	case 'L': r->lmtp = 1; return 1;
	case 'N': r->framed = 1; return 1;
	case 'Q': r->qmail = 1; return 1;
	case 'r':
		r->requires
		= 1;
		return 1;
	case 'u': r->utf8 = 1; return 1;
	case 'v': r->verbose = 1; return 1;
	default: return valued(r, opt, arg);
	}
}

static char const *
operands(struct request *r, int count, char const *const *argv)
{
	char const *why = NULL;
	size_t i;

	if (r->qmail && count) {
		r->host = *argv++;
		count--;
	}
	if (count < 2) return "no recipient";
	if (count - 1 > ADDRESSEES) return "more than 1000 recipients";
	r->sender = argv[0];
	r->recipients = argv + 1;
	r->count = (size_t)count - 1;
	/* With -Q they are quoted first, and looked at then. */
	if (r->qmail) return NULL;
	if (r->sender[0]) why = address_fault(r->sender, r->utf8);
	for (i = 0; !why && i < r->count; i++) why = address_fault(r->recipients[i], r->utf8);
	return why;
}

char const *
request_parse(struct request *r, int argc, char const *const *argv)
{
	subgetopt l = SUBGETOPT_ZERO;
	char const *why = NULL;
	int opt;

	*r = (struct request){ .spool = SPOOL };
	while (
	    (opt = subgetopt_r(argc, argv, "18:a:A:c:e:f:h:ikLm:n:Np:P:QrR:s:t:uvz:", &l)) != -1) {
		if (option(r, opt, l.arg)) continue;
		why = "an unknown option or a bad value";
	}
	if (r->requires && r->secure == SECURE_OPPORTUNISTIC) r->secure = SECURE_REQUIRE;
	if (!why && r->requires && r->secure == SECURE_NEVER) why = "-r asks for TLS, -s for none";
	if (!why && r->mechanisms && r->inherits && !r->file && !r->secrets)
		why = "with -i descriptor 3 is the message: -P file for the login";
	return why ? why : operands(r, argc - l.ind, argv + l.ind);
}
