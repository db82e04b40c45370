/* Which parts are wanted. */

#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "mime/pick.h"

int
mime_pick_add(struct mime_pick_list *l, char const *s)
{
	if (l->n == MIME_PICKS) return 0;
	l->s[l->n++] = s;
	return 1;
}

int
mime_pick_class(struct mime_pick *k, char const *name)
{
	unsigned int i;

	for (i = 0; i < MIME_CLASSES; i++) {
		if (strcmp(mime_class_name((enum mime_class)i), name) != 0) continue;
		k->classes |= 1u << i;
		return 1;
	}
	return 0;
}

/*
 * "1.2", or "1.*" for what is below it. What is below 3.0, or below 0, has the
 * numbers 3.1, or 1, and so on.
 */
static int
section(char const *want, struct mime_part const *part)
{
	size_t n = strlen(want);

	if (n < 3 || want[n - 1] != '*' || want[n - 2] != '.')
		return strcmp(part->section, want) == 0;
	n--;
	if (want[n - 2] == '0' && (n == 2 || want[n - 3] == '.')) {
		if (strncmp(part->section, want, n - 1) == 0 && part->section[n - 1] == 0) return 0;
		n -= 2;
	}
	return strncmp(part->section, want, n) == 0;
}

/* "text", "image/" and a star, or a whole type. */
static int
type(char const *want, struct mime_part const *part)
{
	size_t n = strcspn(want, "/");

	if (want[n] == 0 || (want[n + 1] == '*' && want[n + 2] == 0))
		return strncasecmp(part->type, want, n) == 0 && part->type[n] == '/';
	return strcasecmp(part->type, want) == 0;
}

static int
name(char const *want, struct mime_part const *part)
{
	char s[MIME_NAME_SIZE + 1];

	memcpy(s, part->name, part->namelen);
	s[part->namelen] = 0;
	return part->namelen > 0 && fnmatch(want, s, FNM_CASEFOLD) == 0;
}

static int
cid(char const *want, struct mime_part const *part)
{
	size_t n = strlen(want);

	if (n > 1 && want[0] == '<' && want[n - 1] == '>') {
		want++;
		n -= 2;
	}
	return strlen(part->cid) == n && memcmp(part->cid, want, n) == 0;
}

static int
any(struct mime_pick_list const *l, int (*test)(char const *, struct mime_part const *),
    struct mime_part const *part)
{
	unsigned int i;

	for (i = 0; i < l->n; i++)
		if (test(l->s[i], part)) return 1;
	return l->n == 0;
}

int
mime_pick_match(struct mime_pick const *k, struct mime_part const *part)
{
	if (k->classes && !(k->classes >> part->class & 1)) return 0;
	if (k->all && part->container) return 0;
	return any(&k->sections, section, part) && any(&k->types, type, part)
	    && any(&k->names, name, part) && any(&k->cids, cid, part);
}
