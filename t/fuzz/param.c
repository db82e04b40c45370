/*
 * Parameters: no input crashes the parser; what it takes holds no control
 * character, is taken again when it is written anew, and passes the monitor.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "smtp/dsn.h"
#include "smtp/extensions.h"
#include "smtp/param.h"
#include "smtp/rcptparam.h"
#include "smtp/utf8text.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

enum { ANEW = 8192 };

/* " NAME=value", encoded as xtext if so. */
static void
put(char *out, char const *name, char const *value, int xtext)
{
	size_t n = strlen(out);

	if (!value) return;
	n += (size_t)sprintf(out + n, " %s=", name);
	for (; *value; value++) {
		int plain = *value > 0x20 && *value < 0x7f && *value != '+' && *value != '=';

		if (xtext && !plain)
			n += (size_t)sprintf(out + n, "+%02X", (unsigned int)(unsigned char)*value);
		else
			out[n++] = *value;
	}
	out[n] = 0;
}

static void
write_anew(char *out, struct param const *p)
{
	int date = p->hold && strchr(p->hold, '-');

	out[0] = 0;
	if (p->size) sprintf(out, " SIZE=%llu", (unsigned long long)p->size);
	put(out, "BODY", p->body, 0);
	if (p->utf8) memcpy(out + strlen(out), " SMTPUTF8", sizeof " SMTPUTF8");
	put(out, "RET", p->ret, 0);
	put(out, "ENVID", p->envid, 1);
	put(out, "BY", p->by, 0);
	put(out, date ? "HOLDUNTIL" : "HOLDFOR", p->hold, 0);
	put(out, "MT-PRIORITY", p->priority, 0);
	put(out, "NOTIFY", p->notify, 0);
	put(out, "ORCPT", p->orcpt, p->orcpt && strncasecmp(p->orcpt, "utf-8;", 6) != 0);
	put(out, "RRVS", p->rrvs, 0);
}

static void
check_text(char const *s, size_t most)
{
	size_t n = s ? strlen(s) : 0;
	size_t i;

	if (!s) return;
	if (n == 0 || n > most || utf8text(s, n) == UTF8TEXT_BAD) abort();
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f) abort();
}

static void
check_same(char const *a, char const *b)
{
	if (!a != !b || (a && strcmp(a, b) != 0)) abort();
}

static void
check_monitor(struct param const *p)
{
	static struct monitor_message m;
	static struct rcptparams kept;
	static stralloc e = STRALLOC_ZERO;
	size_t i;

	monitor_begin(&m, MONITOR_RECIPIENT, 1);
	if (!rcptparam_add(&m, p) || !rcptparam_ok(&m) || !rcptparam_keep(&kept, 0, &m)) abort();
	e.len = 0;
	if (!rcptparam_environment(&kept, 0, 1, &e)) abort();
	for (i = 0; i < e.len; i += strlen(e.s + i) + 1) check_text(e.s + i, 700);
}

static void
check(struct param const *p, struct param_terms const *t,
    enum param_result (*parse)(struct param *, char *, struct param_terms const *))
{
	char anew[ANEW];
	struct param q;

	if (t->limit && p->size > t->limit) abort();
	check_text(p->envid, ENVID_MAX);
	check_text(p->orcpt, TYPE_MAX + 1 + ORCPT_MAX);
	check_text(p->notify, sizeof "SUCCESS,FAILURE,DELAY" - 1);
	check_text(p->by, 13);
	check_text(p->hold, ANEW / 2);
	check_text(p->rrvs, ANEW / 2);
	if (p->orcpt && !t->utf8 && utf8text(p->orcpt, strlen(p->orcpt)) != UTF8TEXT_ASCII) abort();
	check_monitor(p);
	write_anew(anew, p);
	if (parse(&q, anew, t) != PARAM_OK) abort();
	if (p->size != q.size || p->utf8 != q.utf8) abort();
	check_same(p->body, q.body);
	check_same(p->ret, q.ret);
	check_same(p->envid, q.envid);
	check_same(p->by, q.by);
	check_same(p->hold, q.hold);
	check_same(p->priority, q.priority);
	check_same(p->notify, q.notify);
	check_same(p->orcpt, q.orcpt);
	check_same(p->rrvs, q.rrvs);
}

/* The first byte says under which terms; a line of a session has 4096 bytes. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	struct param_terms t = { .extensions = n && in[0] & 1 ? ~0U : 0 };
	char *s;
	struct param p;

	if (n == 0 || n > 4096) return 0;
	t.utf8 = in[0] >> 1 & 1;
	t.limit = in[0] & 4 ? 52428800 : 0;
	s = malloc(n);
	if (!s) abort();
	memcpy(s, in + 1, n - 1);
	s[n - 1] = 0;
	if (in[0] & 8) {
		if (param_mail(&p, s, &t) == PARAM_OK) check(&p, &t, param_mail);
	} else if (param_rcpt(&p, s, &t) == PARAM_OK) {
		check(&p, &t, param_rcpt);
	}
	free(s);
	return 0;
}
