/* Facts: RFC 3659 7.5, and the UNIX ones clients know. */

#include <string.h>
#include <strings.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "ftp/facts.h"
#include "ftp/session.h"

/* Copied whole: LABEL bytes may be written where fewer count. */
enum { FACTS = 8, LABEL = 16 };
static struct label {
	unsigned char length; /* of the name */
	char label[LABEL];
} const facts[FACTS] = { { 4, "type=" }, { 4, "size=" }, { 6, "modify=" }, { 4, "perm=" },
	{ 6, "unique=" }, { 9, "UNIX.mode=" }, { 8, "UNIX.uid=" }, { 8, "UNIX.gid=" } };

static int
in_group(struct session const *s, gid_t gid)
{
	int i;

	for (i = 0; i < s->group_count; i++)
		if (s->groups[i] == gid) return 1;
	return 0;
}

/* The rwx bits of st that are ours. */
static unsigned int
rights(struct session const *s, struct stat const *st)
{
	if (s->uid == 0) return 7;
	if (s->uid == st->st_uid) return (st->st_mode >> 6) & 7;
	if (in_group(s, st->st_gid)) return (st->st_mode >> 3) & 7;
	return st->st_mode & 7;
}

unsigned int
facts_parent(struct session const *s, struct stat const *dir)
{
	unsigned int r = 0;

	if ((rights(s, dir) & 3) != 3) return 0;
	if (s->state & S_DELETE) r |= FACTS_DELETE;
	if (s->state & S_RENAME) r |= FACTS_RENAME;
	return r;
}

static char *
perm(struct session const *s, char *p, struct stat const *st, unsigned int parent)
{
	unsigned int r = rights(s, st);
	int dir = S_ISDIR(st->st_mode);

	/* An upload makes a new file: what the old one allows does not matter. */
	if (!dir && (s->state & S_APPEND)) *p++ = 'a';
	if (dir && (r & 3) == 3 && (s->state & S_WRITE)) *p++ = 'c';
	if (parent & FACTS_DELETE) *p++ = 'd';
	if (dir && (r & 1)) *p++ = 'e';
	if (parent & FACTS_RENAME) *p++ = 'f';
	if (dir && (r & 4)) *p++ = 'l';
	if (dir && (r & 3) == 3 && (s->state & S_WRITE)) *p++ = 'm';
	if (dir && (r & 3) == 3 && (s->state & S_DELETE)) *p++ = 'p';
	if (!dir && (r & 4)) *p++ = 'r';
	if (!dir && (s->state & S_CHANGE)) *p++ = 'w';
	return p;
}

static char *
value(struct session *s, char *p, unsigned int fact, struct stat const *st, unsigned int parent)
{
	switch (fact) {
	case FACT_SIZE: return append_number(p, (uint64_t)st->st_size, 1, '0');
	case FACT_MODIFY: return date_day_stamp(&s->listing.longline.day, p, st->st_mtime);
	case FACT_PERM: return perm(s, p, st, parent);
	case FACT_UNIQUE:
		p = append_hex(p, st->st_dev);
		*p++ = 'g';
		return append_hex(p, st->st_ino);
	case FACT_MODE: return append_octal(p, st->st_mode & 07777, 4);
	case FACT_UID: return append_number(p, st->st_uid, 1, '0');
	case FACT_GID: return append_number(p, st->st_gid, 1, '0');
	default: return p;
	}
}

char *
facts_put(struct session *s, char *p, struct stat const *st, char const *type, unsigned int parent)
{
	int dir = S_ISDIR(st->st_mode);
	size_t i;

	for (i = 0; i < FACTS; i++) {
		unsigned int fact = 1U << i;

		if (!(s->facts & fact) || (fact == FACT_SIZE && dir)) continue;
		memcpy(p, facts[i].label, LABEL);
		p += facts[i].length + 1;
		if (fact == FACT_TYPE)
			p = append_text(p, type ? type : dir ? "dir" : "file");
		else
			p = value(s, p, fact, st, parent);
		*p++ = ';';
	}
	*p++ = ' ';
	return p;
}

void
facts_feature(struct session const *s, char *p)
{
	size_t i;

	for (i = 0; i < FACTS; i++) {
		p = append_bytes(p, facts[i].label, facts[i].length);
		if (s->facts >> i & 1) *p++ = '*';
		*p++ = ';';
	}
	*p = 0;
}

void
facts_select(struct session *s, char const *list, char *p)
{
	unsigned int chosen = 0;
	size_t i;

	while (*list) {
		size_t n = strcspn(list, ";");

		for (i = 0; i < FACTS; i++)
			if (facts[i].length == n && strncasecmp(facts[i].label, list, n) == 0)
				chosen |= 1U << i;
		list += n + (list[n] == ';');
	}
	for (i = 0; i < FACTS; i++) {
		if (!(chosen >> i & 1)) continue;
		p = append_bytes(p, facts[i].label, facts[i].length);
		*p++ = ';';
	}
	*p = 0;
	s->facts = chosen;
}
