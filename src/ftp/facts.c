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
	if ((rights(s, dir) & 3) != 3) return 0;
	if (!(dir->st_mode & S_ISVTX) || s->uid == 0 || s->uid == dir->st_uid) return FACTS_WRITE;
	return FACTS_WRITE | FACTS_STICKY;
}

/*
 * RFC 3659 7.5.5. An upload makes a new file and gives it the name of the old
 * one, so what that allows matters to additions only.
 */
static char *
perm(struct session const *s, char *p, struct facts const *f)
{
	unsigned int r = f->target ? rights(s, f->target) : 0;
	int dir = f->target && S_ISDIR(f->target->st_mode);
	int name =
	    (f->parent & FACTS_WRITE) && (!(f->parent & FACTS_STICKY) || s->uid == f->st->st_uid);
	int replace = !dir && name && s->policy[FTP_OVERWRITE].number != OVERWRITE_NO;
	int fill = dir && (r & 3) == 3;
	struct grant {
		char letter;
		int granted;
	} const all[] = {
		{ 'a', replace && (r & 6) == 6 && (s->state & S_APPEND) },
		{ 'c', fill && (s->state & S_WRITE) },
		{ 'd', name && (s->state & S_DELETE) },
		{ 'e', dir && (r & 1) },
		{ 'f', name && (s->state & S_RENAME) },
		{ 'l', dir && (r & 4) },
		{ 'm', fill && (s->state & S_WRITE) },
		{ 'p', fill && (s->state & S_DELETE) },
		{ 'r', !dir && (r & 4) },
		{ 'w', replace && (s->state & S_CHANGE) },
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].granted) *p++ = all[i].letter;
	return p;
}

/* The one spelling for links that all clients who know any understand. */
static char const *
type(struct facts const *f)
{
	if (f->type) return f->type;
	if (S_ISLNK(f->st->st_mode)) return "OS.unix=symlink";
	return S_ISDIR(f->st->st_mode) ? "dir" : "file";
}

static char *
value(struct session *s, char *p, unsigned int fact, struct facts const *f)
{
	struct stat const *st = f->st;

	switch (fact) {
	case FACT_TYPE: return append_text(p, type(f));
	case FACT_SIZE: return append_number(p, (uint64_t)st->st_size, 1, '0');
	case FACT_MODIFY: return date_day_stamp(&s->listing.longline.day, p, st->st_mtime);
	case FACT_PERM: return perm(s, p, f);
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
facts_put(struct session *s, char *p, struct facts const *f)
{
	size_t i;

	for (i = 0; i < FACTS; i++) {
		unsigned int fact = 1U << i;

		if (!(s->facts & fact) || (fact == FACT_SIZE && !S_ISREG(f->st->st_mode))) continue;
		memcpy(p, facts[i].label, LABEL);
		p = value(s, p + facts[i].length + 1, fact, f);
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
