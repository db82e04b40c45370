/* Parameters: one row per keyword; known ones are taken whether offered or not. */

#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/param.h"

struct row {
	char const *name;
	enum param_result (*take)(struct param *p, char const *value, uint64_t limit);
};

static int
xdigit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

/* RFC 3461 4: printable, '+' and two hex digits for the rest, no control byte inside. */
static int
xtext_ok(char const *s, size_t most)
{
	if (strlen(s) > most) return 0;
	for (; *s; s++) {
		if (*s <= 0x20 || *s > 0x7e || *s == '=') return 0;
		if (*s != '+') continue;
		if (!xdigit(s[1]) || !xdigit(s[2])) return 0;
		if (s[1] < '2' || (s[1] == '7' && s[2] == 'F')) return 0;
		s += 2;
	}
	return 1;
}

static enum param_result
take_size(struct param *p, char const *value, uint64_t limit)
{
	size_t n = strspn(value, "0123456789");

	if (n == 0 || n > 20 || value[n]) return PARAM_BAD;
	if (!uint640_scan(value, &p->size)) return PARAM_BIG;
	return limit && p->size > limit ? PARAM_BIG : PARAM_OK;
}

static enum param_result
take_body(struct param *p, char const *value, uint64_t limit)
{
	(void)limit;
	if (strcasecmp(value, "7BIT") == 0)
		p->body = "7BIT";
	else if (strcasecmp(value, "8BITMIME") == 0)
		p->body = "8BITMIME";
	else
		return PARAM_BAD;
	return PARAM_OK;
}

/* The value is never trusted; it only has to be well-formed. */
static enum param_result
take_auth(struct param *p, char const *value, uint64_t limit)
{
	(void)p;
	(void)limit;
	return strcmp(value, "<>") == 0 || xtext_ok(value, 500) ? PARAM_OK : PARAM_BAD;
}

static enum param_result
take_ret(struct param *p, char const *value, uint64_t limit)
{
	(void)limit;
	if (strcasecmp(value, "FULL") == 0)
		p->ret = "FULL";
	else if (strcasecmp(value, "HDRS") == 0)
		p->ret = "HDRS";
	else
		return PARAM_BAD;
	return PARAM_OK;
}

static enum param_result
take_envid(struct param *p, char const *value, uint64_t limit)
{
	(void)limit;
	p->envid = value;
	return value[0] && xtext_ok(value, 100) ? PARAM_OK : PARAM_BAD;
}

/* NEVER alone, or a list of the other three. */
static enum param_result
take_notify(struct param *p, char const *value, uint64_t limit)
{
	(void)p;
	(void)limit;
	if (strcasecmp(value, "NEVER") == 0) return PARAM_OK;
	for (;;) {
		size_t n = strcspn(value, ",");

		if (!(n == 7 && strncasecmp(value, "SUCCESS", n) == 0)
		    && !(n == 7 && strncasecmp(value, "FAILURE", n) == 0)
		    && !(n == 5 && strncasecmp(value, "DELAY", n) == 0))
			return PARAM_BAD;
		if (value[n] == 0) return PARAM_OK;
		value += n + 1;
	}
}

static enum param_result
take_orcpt(struct param *p, char const *value, uint64_t limit)
{
	char const *semicolon = strchr(value, ';');

	(void)p;
	(void)limit;
	if (!semicolon || semicolon == value) return PARAM_BAD;
	return xtext_ok(semicolon + 1, 500) ? PARAM_OK : PARAM_BAD;
}

static struct row const of_mail[] = { { "SIZE", take_size }, { "BODY", take_body },
	{ "AUTH", take_auth }, { "RET", take_ret }, { "ENVID", take_envid }, { NULL, NULL } };
static struct row const of_rcpt[] = { { "NOTIFY", take_notify }, { "ORCPT", take_orcpt },
	{ NULL, NULL } };

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

static enum param_result
parse(struct row const *rows, struct param *p, char *s, uint64_t limit)
{
	unsigned int seen = 0;
	char *w;

	while ((w = word(&s))) {
		char *value = strchr(w, '=');
		unsigned int i = 0;
		enum param_result r;

		if (value) *value++ = 0;
		while (rows[i].name && strcasecmp(rows[i].name, w) != 0) i++;
		if (!rows[i].name) return PARAM_UNKNOWN;
		if (!value || (seen >> i & 1)) return PARAM_BAD;
		seen |= 1U << i;
		r = rows[i].take(p, value, limit);
		if (r != PARAM_OK) return r;
	}
	return PARAM_OK;
}

enum param_result
param_mail(struct param *p, char *s, uint64_t limit)
{
	memset(p, 0, sizeof *p);
	return parse(of_mail, p, s, limit);
}

enum param_result
param_rcpt(char *s)
{
	return parse(of_rcpt, NULL, s, 0);
}
