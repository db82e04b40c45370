/* Templates such as /srv/mail/%d/%l: the paths of maildirs out of addresses. */

#include <stddef.h>
#include <string.h>

#include "maildir/recipient.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

/* A piece of an address: not terminated. */
struct piece {
	char const *s;
	size_t len;
};

/* What a template may ask for. */
struct address {
	struct piece all, local, extension, domain;
};

/* The last '@' divides: a quoted local part may have others. */
static struct address
divide(struct piece x)
{
	struct address a = { .all = x };
	size_t at = x.len, plus = 0;
	size_t i;

	for (i = 0; i < x.len; i++)
		if (x.s[i] == '@') at = i;
	a.all.len = at;
	if (at < x.len) a.domain = (struct piece){ x.s + at + 1, x.len - at - 1 };
	while (plus < at && x.s[plus] != '+' && x.s[plus] != '-') plus++;
	a.local = (struct piece){ x.s, plus };
	if (plus < at) a.extension = (struct piece){ x.s + plus + 1, at - plus - 1 };
	return a;
}

static int
unsafe(struct piece p)
{
	size_t i;

	if (p.len == 0 || p.s[0] == '.') return 1;
	for (i = 0; i < p.len; i++) {
		unsigned char c = (unsigned char)p.s[i];

		if (c < 32 || c == 127 || c == '/') return 1;
	}
	return 0;
}

static char
lower(char c)
{
	static char const upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char const *at = c != 0 ? strchr(upper, c) : NULL;

	if (at == NULL) return c;
	return "abcdefghijklmnopqrstuvwxyz"[at - upper];
}

/* Append to a path of *w bytes; one byte stays for its 0. */
static int
append(char *path, size_t *w, struct piece p)
{
	size_t i;

	if (p.len >= RECIPIENT_PATH - *w) return 0;
	for (i = 0; i < p.len; i++) path[(*w)++] = lower(p.s[i]);
	return 1;
}

static struct piece const *
asked(struct address const *a, char c)
{
	switch (c) {
	case 'a': return &a->all;
	case 'l': return &a->local;
	case 'e': return &a->extension;
	case 'd': return &a->domain;
	default: return NULL;
	}
}

/* One path; the text of the template itself is the operator's and stays as it is. */
static int
fill(char *path, char const *t, struct address const *a, struct trouble *why)
{
	size_t w = 0;

	for (; *t != 0; t++) {
		struct piece const *p = NULL;

		if (*t == '%' && *++t != '%') {
			p = asked(a, *t);
			if (p == NULL)
				return trouble_say(why, &v_usage, "-r knows", "%a %d %e %l %%");
			if (unsafe(*p) || !append(path, &w, *p))
				return trouble_say(
				    why, &v_unknown, "no maildir for", "the recipient");
		} else if (w + 1 < RECIPIENT_PATH) {
			path[w++] = *t;
		} else {
			return trouble_say(why, &v_unknown, "path too long for", "the recipient");
		}
	}
	path[w] = 0;
	return 1;
}

static int
known(struct recipients const *r, char const *path)
{
	unsigned int i;

	for (i = 0; i < r->count; i++)
		if (strcmp(r->paths[i], path) == 0) return 1;
	return 0;
}

static int
add(struct recipients *r, char const *t, struct piece x, struct trouble *why)
{
	char path[RECIPIENT_PATH];
	struct address a = divide(x);

	if (!fill(path, t, &a, why)) return 0;
	if (known(r, path)) return 1;
	if (r->count == LITTER_MAX)
		return trouble_say(why, &v_many, "more than 64 maildirs for", "the recipients");
	r->to[r->count] = (struct recipient){ x.s, x.len };
	memcpy(r->paths[r->count++], path, sizeof path);
	return 1;
}

int
recipient_expand(struct recipients *r, char const *const *templates, unsigned int n,
    char const *list, struct trouble *why)
{
	do {
		struct piece x = { list, strcspn(list, "\n") };
		unsigned int i;

		for (i = 0; i < n; i++)
			if (!add(r, templates[i], x, why)) return 0;
		list += x.len + (list[x.len] == '\n');
	} while (*list != 0);
	return 1;
}
