/* Fields added, set, renamed and deleted: RFC 5322 section 3.6. */

#include <string.h>
#include <strings.h>

#include "mime/edit.h"

static int
same(char const *s, size_t n, char const *name, size_t len)
{
	return n == len && strncasecmp(s, name, n) == 0;
}

char const *
mime_edit_add(struct mime_edits *e, enum mime_edit_kind kind, char const *arg)
{
	struct mime_edit *x = e->list + e->n;

	if (e->n == MIME_EDITS) return "too many changes";
	x->kind = kind;
	x->name = arg;
	x->len = kind == MIME_EDIT_DELETE ? strlen(arg) : strcspn(arg, ":");
	x->value = arg + x->len;
	x->done = 0;
	if (!mime_compose_is_name(x->name, x->len)) return "not the name of a field";
	if (mime_compose_breaks(arg)) return "a line break";
	e->n++;
	if (kind == MIME_EDIT_DELETE) return NULL;
	if (*x->value != ':') return "no colon";
	x->value += 1 + strspn(x->value + 1, " \t");
	if (kind == MIME_EDIT_RENAME)
		return mime_compose_is_name(x->value, strlen(x->value)) ? NULL
		                                                        : "not the name of a field";
	if (strlen(x->value) > MIME_VALUE) return "too long";
	return mime_compose_field(e->composed, arg, 0) ? NULL : "not a list of addresses";
}

struct pass {
	struct mime_edits *e;
	struct mime_walk *k;
	struct mime_sink *out;
	int keep;  /* the field being passed stays */
	int bol;   /* the output is at the start of a line */
	int added; /* something was written behind the header */
	int failed;
};

static void
put(struct pass *p, char const *s, size_t n)
{
	if (n == 0) return;
	if (!mime_sink_put(p->out, s, n)) p->failed = 1;
	p->bol = s[n - 1] == '\n' || s[n - 1] == '\r';
}

static void
put_eol(struct pass *p)
{
	put(p, p->k->eol, strlen(p->k->eol));
}

/* The header has a field of this name now. */
static void
there(struct pass *p, char const *name, size_t n)
{
	unsigned int i;

	for (i = 0; i < p->e->n; i++) {
		struct mime_edit *x = p->e->list + i;

		if (x->kind == MIME_EDIT_ABSENT && same(x->name, x->len, name, n)) x->done = 1;
	}
}

static void
write_field(struct pass *p, struct mime_edit const *x)
{
	char const *s = p->e->composed;
	size_t n = mime_compose_field(p->e->composed, x->name, 0);

	if (!p->bol) put_eol(p);
	while (n > 0) {
		size_t line = strcspn(s, "\n");

		put(p, s, line);
		put_eol(p);
		s += line + 1;
		n -= line + 1;
	}
	there(p, x->name, x->len);
}

static struct mime_edit *
find(struct pass *p, enum mime_edit_kind kind, size_t from)
{
	for (; from < p->e->n; from++) {
		struct mime_edit *x = p->e->list + from;

		if (x->kind == kind && same(x->name, x->len, p->k->s, p->k->name)) return x;
	}
	return NULL;
}

/* Instead of the first field of the name, all that were given for it; nothing for the others. */
static void
set(struct pass *p, struct mime_edit *x)
{
	for (; x; x = find(p, MIME_EDIT_SET, (size_t)(x - p->e->list) + 1)) {
		if (!x->done) write_field(p, x);
		x->done = 1;
	}
}

static void
field(struct pass *p)
{
	struct mime_walk *k = p->k;
	struct mime_edit *x;

	p->keep = !find(p, MIME_EDIT_DELETE, 0);
	if (!p->keep) return;
	x = find(p, MIME_EDIT_RENAME, 0);
	if (x) {
		put(p, x->value, strlen(x->value));
		put(p, k->s + k->name, k->n - k->name);
		there(p, x->value, strlen(x->value));
		return;
	}
	x = find(p, MIME_EDIT_SET, 0);
	if (x) {
		p->keep = 0;
		set(p, x);
		return;
	}
	put(p, k->s, k->n);
	there(p, k->s, k->name);
}

/* What goes to the end, in the order it was given. */
static void
add(struct pass *p)
{
	unsigned int i;

	for (i = 0; i < p->e->n; i++) {
		struct mime_edit const *x = p->e->list + i;

		if (x->kind > MIME_EDIT_SET || x->done) continue;
		write_field(p, x);
		p->added = 1;
	}
	if (p->added && !p->k->blank && p->k->n > 0) put_eol(p);
}

int
mime_edit_header(struct mime_edits *e, struct mime_walk *k, struct mime_sink *out)
{
	struct pass p = { .e = e, .k = k, .out = out, .keep = 1, .bol = 1 };

	k->gather = 1;
	while (!p.failed) {
		enum mime_line what = mime_walk_next(k);

		if (what == MIME_LINE_ERROR) return 0;
		if (what == MIME_LINE_OVER) {
			add(&p);
			break;
		}
		/* An empty line before the first field would end the header for many. */
		if (what == MIME_LINE_LEAD) p.keep = k->text > 0;
		if (what == MIME_LINE_JUNK) p.keep = 1;
		if (what == MIME_LINE_FIELD)
			field(&p);
		else if (p.keep)
			put(&p, k->s, k->n);
	}
	return p.failed ? -1 : 1;
}
