/* The keywords of EHLO: RFC 5321 4.1.1.1, and the RFC of each. */

#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/auth.h"
#include "smtp/extensions.h"
#include "smtp/session.h"
#include "smtp/tls.h"

/* When a row is on: by default; when SMTP_EXT names it. SWITCH is no keyword. */
enum { OFFERED, NAMED, SWITCH };

struct row {
	char const *name;
	unsigned int when;
};

/* clang-format off */
static struct row const rows[EXTENSIONS] = {
	[EXT_SIZE] =                { "SIZE",                OFFERED }, /* RFC 1870 */
	[EXT_8BITMIME] =            { "8BITMIME",            OFFERED }, /* RFC 6152 */
	[EXT_PIPELINING] =          { "PIPELINING",          OFFERED }, /* RFC 2920 */
	[EXT_CHUNKING] =            { "CHUNKING",            OFFERED }, /* RFC 3030 */
	[EXT_BINARYMIME] =          { "BINARYMIME",          NAMED },   /* RFC 3030 */
	[EXT_ENHANCEDSTATUSCODES] = { "ENHANCEDSTATUSCODES", OFFERED }, /* RFC 2034 */
	[EXT_SMTPUTF8] =            { "SMTPUTF8",            OFFERED }, /* RFC 6531 */
	[EXT_DSN] =                 { "DSN",                 OFFERED }, /* RFC 3461 */
	[EXT_DELIVERBY] =           { "DELIVERBY",           NAMED },   /* RFC 2852 */
	[EXT_FUTURERELEASE] =       { "FUTURERELEASE",       NAMED },   /* RFC 4865 */
	[EXT_MT_PRIORITY] =         { "MT-PRIORITY",         NAMED },   /* RFC 6710 */
	[EXT_RRVS] =                { "RRVS",                NAMED },   /* RFC 7293 */
	[EXT_LIMITS] =              { "LIMITS",              OFFERED }, /* RFC 9422 */
	[EXT_STARTTLS] =            { "STARTTLS",            OFFERED }, /* RFC 3207 */
	[EXT_AUTH] =                { "AUTH",                OFFERED }, /* RFC 4954 */
	[EXT_REQUIRETLS] =          { "REQUIRETLS",          NAMED },   /* RFC 8689 */
	[EXT_HELP] =                { "HELP",                OFFERED }, /* RFC 5321 */
	[EXT_NOHELO] =              { "NOHELO",              SWITCH },
	[EXT_AUTHHELO] =            { "AUTHHELO",            SWITCH },
	[EXT_LONGLOCAL] =           { "LONGLOCAL",           SWITCH },
};
/* clang-format on */

/* The place of the n bytes name, or EXTENSIONS. */
static unsigned int
find(char const *name, size_t n)
{
	unsigned int x;

	for (x = 0; x < EXTENSIONS; x++)
		if (strlen(rows[x].name) == n && strncasecmp(rows[x].name, name, n) == 0) break;
	return x;
}

/* The table's order, of what is on. */
static void
arrange(struct extensions *e)
{
	unsigned int x;

	e->count = 0;
	for (x = 0; x < EXTENSIONS; x++)
		if (e->on >> x & 1 && rows[x].when != SWITCH)
			e->order[e->count++] = (unsigned char)x;
}

/* One name of "=name,name": where it stands is where EHLO says it. */
static int
list(struct extensions *e, char const *name, size_t n)
{
	unsigned int x = find(name, n);

	if (x == EXTENSIONS || e->on >> x & 1) return 0;
	e->on |= 1U << x;
	if (rows[x].when != SWITCH) e->order[e->count++] = (unsigned char)x;
	return 1;
}

/* One "+name" or "-name". */
static int
edit(struct extensions *e, char const *item, size_t n)
{
	unsigned int x;

	if (n < 2 || (item[0] != '+' && item[0] != '-')) return 0;
	x = find(item + 1, n - 1);
	if (x == EXTENSIONS) return 0;
	e->on = item[0] == '+' ? e->on | 1U << x : e->on & ~(1U << x);
	return 1;
}

void
extension_drop(struct extensions *e, enum extension x)
{
	unsigned int kept = 0;
	unsigned int i;

	e->on &= ~(1U << x);
	for (i = 0; i < e->count; i++)
		if (e->order[i] != x) e->order[kept++] = e->order[i];
	e->count = kept;
}

int
extensions_read(struct extensions *e, char const *text, char const **bad, size_t *n)
{
	int exact = text && text[0] == '=';
	unsigned int x;

	e->on = 0;
	e->count = 0;
	for (x = 0; x < EXTENSIONS && !exact; x++)
		if (rows[x].when == OFFERED) e->on |= 1U << x;
	if (exact && *++text == 0) return 1;
	for (; text; text = text[*n] ? text + *n + 1 : NULL) {
		*bad = text;
		*n = strcspn(text, ",");
		if (!(exact ? list(e, text, *n) : edit(e, text, *n))) return 0;
	}
	if (!exact) arrange(e);
	/* RFC 3030 3: one is no use without the other. */
	if (!(e->on >> EXT_CHUNKING & 1)) extension_drop(e, EXT_BINARYMIME);
	return 1;
}

int
extension_on(struct session const *s, enum extension x)
{
	return s->extensions.on >> x & 1;
}

int
extension_said(struct session const *s, enum extension x)
{
	if (x == EXT_STARTTLS) return tls_offered(s);
	if (x == EXT_REQUIRETLS) return (s->state & S_TLS) != 0;
	return x != EXT_AUTH || (auth_open(s) && !(s->state & S_AUTH));
}

static size_t
put(char *line, char const *text, uint64_t number)
{
	size_t n = strlen(text);

	memcpy(line, text, n);
	n += uint64_fmt(line + n, number);
	line[n] = 0;
	return n;
}

void
extension_line(struct session const *s, enum extension x, char *line)
{
	struct policy_value const *p = s->policy;
	static char const future[] = " 999999999 9999-12-31T23:59:59Z";
	size_t n = strlen(rows[x].name);

	memcpy(line, rows[x].name, n + 1);
	/* We hold nothing back ourselves: no limits but the grammar's. */
	if (x == EXT_AUTH) memcpy(line + n, " PLAIN LOGIN", sizeof " PLAIN LOGIN");
	if (x == EXT_FUTURERELEASE) memcpy(line + n, future, sizeof future);
	if (x == EXT_SIZE) put(line + n, " ", p[DATABYTES].number);
	if (x != EXT_LIMITS) return;
	n += put(line + n, " RCPTMAX=", p[SMTP_MAXRCPT].number);
	put(line + n, " MAILMAX=", p[SMTP_MAXMAIL].number);
}
