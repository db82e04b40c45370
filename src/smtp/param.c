/* Parameters of MAIL and RCPT: one row per keyword. */

#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/dsn.h"
#include "smtp/extensions.h"
#include "smtp/param.h"
#include "smtp/schedule.h"
#include "smtp/xtext.h"

enum { AUTH_MAX = 500 }; /* bytes: RFC 4954 5 */

/* What a keyword does with its value, which it may change; "" for a keyword alone. */
typedef enum param_result taker(struct param *p, char *value, struct param_terms const *t);

struct row {
	char const *name;
	taker *take;
	unsigned int needs; /* 1 << EXT_X if it must be offered; else 0 */
	int alone;          /* has no value */
};

static enum param_result
store(char const **where, char const *value, int good)
{
	*where = value;
	return good ? PARAM_OK : PARAM_BAD;
}

static enum param_result
take_size(struct param *p, char *value, struct param_terms const *t)
{
	size_t n = strspn(value, "0123456789");

	if (n == 0 || n > 20 || value[n]) return PARAM_BAD;
	if (!uint640_scan(value, &p->size)) return PARAM_BIG;
	return t->limit && p->size > t->limit ? PARAM_BIG : PARAM_OK;
}

/* The words of BODY that are in force, by how many there are. */
static enum param_result
take_body(struct param *p, char *value, struct param_terms const *t)
{
	static char const *const words[] = { "7BIT", "8BITMIME", "BINARYMIME" };
	size_t n = t->extensions >> EXT_BINARYMIME & 1 ? 3 : 2;
	size_t i = 0;

	while (i < n && strcasecmp(value, words[i]) != 0) i++;
	if (i == n) return PARAM_BAD;
	p->body = words[i];
	return PARAM_OK;
}

static enum param_result
take_smtputf8(struct param *p, char *value, struct param_terms const *t)
{
	(void)value;
	(void)t;
	p->utf8 = 1;
	return PARAM_OK;
}

static enum param_result
take_requiretls(struct param *p, char *value, struct param_terms const *t)
{
	(void)value;
	(void)t;
	p->tls = 1;
	return PARAM_OK;
}

/* The value is never trusted; it only has to be well-formed. */
static enum param_result
take_auth(struct param *p, char *value, struct param_terms const *t)
{
	(void)p;
	(void)t;
	return xtext_decode(value, AUTH_MAX) ? PARAM_OK : PARAM_BAD;
}

static enum param_result
take_ret(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->ret, value, dsn_ret(value));
}

static enum param_result
take_envid(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->envid, value, dsn_envid(value));
}

static enum param_result
take_by(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->by, value, schedule_by(value));
}

/* One of the two: RFC 4865 4. */
static enum param_result
take_holdfor(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	if (p->hold) return PARAM_BAD;
	return store(&p->hold, value, schedule_holdfor(value));
}

static enum param_result
take_holduntil(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	if (p->hold) return PARAM_BAD;
	return store(&p->hold, value, schedule_holduntil(value));
}

static enum param_result
take_priority(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->priority, value, schedule_priority(value));
}

static enum param_result
take_notify(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->notify, value, dsn_notify(value));
}

static enum param_result
take_orcpt(struct param *p, char *value, struct param_terms const *t)
{
	return store(&p->orcpt, value, dsn_orcpt(value, t->utf8));
}

static enum param_result
take_rrvs(struct param *p, char *value, struct param_terms const *t)
{
	(void)t;
	return store(&p->rrvs, value, schedule_rrvs(value));
}

/* clang-format off */
static struct row const of_mail[] = {
	{ "SIZE",        take_size,      0,                       0 },
	{ "BODY",        take_body,      0,                       0 },
	{ "SMTPUTF8",    take_smtputf8,  1U << EXT_SMTPUTF8,      1 },
	{ "AUTH",        take_auth,      0,                       0 },
	{ "RET",         take_ret,       0,                       0 },
	{ "ENVID",       take_envid,     0,                       0 },
	{ "BY",          take_by,        1U << EXT_DELIVERBY,     0 },
	{ "HOLDFOR",     take_holdfor,   1U << EXT_FUTURERELEASE, 0 },
	{ "HOLDUNTIL",   take_holduntil, 1U << EXT_FUTURERELEASE, 0 },
	{ "MT-PRIORITY", take_priority,  1U << EXT_MT_PRIORITY,   0 },
	{ "REQUIRETLS",  take_requiretls, 1U << EXT_REQUIRETLS,   1 },
	{ NULL,          NULL,           0,                       0 }
};
static struct row const of_rcpt[] = {
	{ "NOTIFY",      take_notify,    0,                       0 },
	{ "ORCPT",       take_orcpt,     0,                       0 },
	{ "RRVS",        take_rrvs,      1U << EXT_RRVS,          0 },
	{ NULL,          NULL,           0,                       0 }
};
/* clang-format on */

/* The next word of *s, cut off with a 0; NULL at the end. */
static char *
word(char **s)
{
	char *w = *s + strspn(*s, " \t");
	size_t n = strcspn(w, " \t");

	if (n == 0) return NULL;
	*s = w + n;
	if (**s) *(*s)++ = 0;
	return w;
}

/* esmtp-keyword: RFC 5321 4.1.2. */
static int
keyword_ok(char const *w)
{
	static char const letters[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";

	return w[0] && w[0] != '-' && w[strspn(w, letters)] == 0;
}

static struct row const *
find(struct row const *rows, char const *name, unsigned int extensions)
{
	for (; rows->name; rows++)
		if (strcasecmp(rows->name, name) == 0)
			return (rows->needs & ~extensions) != 0 ? NULL : rows;
	return NULL;
}

static enum param_result
parse(struct row const *rows, struct param *p, char *s, struct param_terms const *t)
{
	unsigned int seen = 0;
	char *w;

	memset(p, 0, sizeof *p);
	while ((w = word(&s))) {
		char *value = strchr(w, '=');
		struct row const *row;
		enum param_result r;

		if (value) *value++ = 0;
		if (!keyword_ok(w)) return PARAM_BAD;
		row = find(rows, w, t->extensions);
		if (!row) return PARAM_UNKNOWN;
		if (row->alone ? value != NULL : !value || !*value) return PARAM_BAD;
		if (seen >> (row - rows) & 1) return PARAM_BAD;
		seen |= 1U << (row - rows);
		r = row->take(p, value, t);
		if (r != PARAM_OK) return r;
	}
	return PARAM_OK;
}

enum param_result
param_mail(struct param *p, char *s, struct param_terms const *t)
{
	return parse(of_mail, p, s, t);
}

enum param_result
param_rcpt(struct param *p, char *s, struct param_terms const *t)
{
	return parse(of_rcpt, p, s, t);
}
