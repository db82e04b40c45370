/* The command table: one search, one check of argument and order, for all verbs. */

#include <string.h>
#include <strings.h>

#include "lib/verb.h"

/* strncasecmp folds ASCII only: the sessions never call setlocale. */
int
verb_among(char const *names, char const *name, size_t n)
{
	while (*names) {
		size_t len = strcspn(names, " ");

		if (len == n && strncasecmp(names, name, n) == 0) return 1;
		names += len + (names[len] == ' ');
	}
	return 0;
}

/* The first letter tells most rows apart: no call for those. */
static int
is(char const *verb, char const *name, size_t n)
{
	if ((verb[0] ^ name[0]) & ~('a' ^ 'A')) return 0;
	return strlen(verb) == n && strncasecmp(verb, name, n) == 0;
}

struct verb const *
verb_find(struct verbs const *v, char const *name, size_t n)
{
	struct verb const *row;

	for (row = v->rows; row->name; row++)
		if (is(row->name, name, n)) return row;
	return v->others && verb_among(v->others, name, n) ? v->other : NULL;
}

struct reply const *
verb_refusal(struct verbs const *v, struct verb const *row, unsigned int state, char const *arg)
{
	struct need const *need;

	for (need = v->needs; need->bit; need++)
		if (row->needs & need->bit & ~state) return need->reply;
	if ((row->rules & MUST) && arg[0] == 0) return v->want_argument;
	if (!(row->rules & (MAY | MUST)) && arg[0]) return v->no_argument;
	return NULL;
}

size_t
verb_names(
    struct verb const **next, struct session const *s, verb_shown *shown, char *line, size_t max)
{
	size_t n = 0;

	for (; (*next)->name; (*next)++) {
		size_t len = strlen((*next)->name);

		if (shown ? !shown(s, *next) : (*next)->rules & HIDDEN) continue;
		if (n + len + 2 > max) break;
		if (n) line[n++] = ' ';
		memcpy(line + n, (*next)->name, len);
		n += len;
	}
	line[n] = 0;
	return n;
}
