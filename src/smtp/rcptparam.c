/* Parameters of RCPT: checked again by the monitor, kept, and put into an environment. */

#include <string.h>
#include <unistd.h>

#include <skalibs/types.h>

#include "smtp/dsn.h"
#include "smtp/rcptparam.h"
#include "smtp/schedule.h"

enum { NOTIFY_BYTES = 32 }; /* more than the longest NOTIFY */

static int
notify_ok(char const *value)
{
	char copy[NOTIFY_BYTES];
	size_t n = strlen(value);

	if (n >= sizeof copy) return 0;
	memcpy(copy, value, n + 1);
	return dsn_notify(copy) && strcmp(copy, value) == 0;
}

struct row {
	char const *name;
	int (*ok)(char const *value);
};

static struct row const rows[] = { { "SMTPNOTIFY", notify_ok }, { "SMTPORCPT", dsn_orcpt_made },
	{ "SMTPRRVS", schedule_rrvs }, { NULL, NULL } };

/* The row of the string NAME=value or NAME_1=value, or NULL. */
static struct row const *
find(char const *s, char after)
{
	struct row const *row;

	for (row = rows; row->name; row++) {
		size_t n = strlen(row->name);

		if (strncmp(s, row->name, n) == 0 && s[n] == after) return row;
	}
	return NULL;
}

int
rcptparam_add(struct monitor_message *m, struct param const *p)
{
	return (!p->notify || monitor_add(m, "SMTPNOTIFY", p->notify))
	    && (!p->orcpt || monitor_add(m, "SMTPORCPT", p->orcpt))
	    && (!p->rrvs || monitor_add(m, "SMTPRRVS", p->rrvs));
}

int
rcptparam_ok(struct monitor_message const *m)
{
	size_t i;

	for (i = 0; i < m->len; i += strlen(m->text + i) + 1) {
		struct row const *row = find(m->text + i, '=');

		if (row && !row->ok(m->text + i + strlen(row->name) + 1)) return 0;
	}
	return 1;
}

int
rcptparam_keep(struct rcptparams *r, unsigned int i, struct monitor_message const *m)
{
	size_t at;
	size_t n;

	r->len = i ? r->end[i - 1] : 0;
	for (at = 0; at < m->len; at += n) {
		n = strlen(m->text + at) + 1;
		if (!find(m->text + at, '=')) continue;
		if (n > sizeof r->text - r->len) return 0;
		memcpy(r->text + r->len, m->text + at, n);
		r->len += n;
	}
	r->end[i] = (uint32_t)r->len;
	return 1;
}

static int
put_gone(stralloc *e)
{
	size_t i;

	for (i = 0; environ[i]; i++)
		if (find(environ[i], '_')
		    && (!stralloc_catb(e, environ[i], strcspn(environ[i], "=")) || !stralloc_0(e)))
			return 0;
	return 1;
}

/* "NAME=value" as "NAME_number=value". */
static int
put_numbered(stralloc *e, char const *s, unsigned int number)
{
	char fmt[UINT_FMT];
	size_t n = strcspn(s, "=");

	return stralloc_catb(e, s, n) && stralloc_catb(e, "_", 1)
	    && stralloc_catb(e, fmt, uint_fmt(fmt, number)) && stralloc_cats(e, s + n)
	    && stralloc_0(e);
}

int
rcptparam_environment(
    struct rcptparams const *r, unsigned int first, unsigned int count, stralloc *e)
{
	size_t at = first ? r->end[first - 1] : 0;
	unsigned int i;

	if (!put_gone(e)) return 0;
	for (i = 0; i < count; i++)
		for (; at < r->end[first + i]; at += strlen(r->text + at) + 1)
			if (!put_numbered(e, r->text + at, i + 1)) return 0;
	return 1;
}
