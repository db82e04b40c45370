/* Which names are shown, and to whom: RFC 3659 7, and what policy says. */

#include <dirent.h>
#include <fcntl.h>
#include <string.h>

#include "ftp/append.h"
#include "ftp/entry.h"
#include "ftp/facts.h"
#include "ftp/glob.h"
#include "ftp/session.h"

/* 1 if one of the eight bytes of w is below 0x20 or is 0x7f. */
static int
controls(uint64_t w)
{
	uint64_t const ones = UINT64_C(0x0101010101010101);
	uint64_t d = w ^ ones * 0x7f;

	return ((((w - ones * 0x20) & ~w) | ((d - ones) & ~d)) & (ones * 0x80)) != 0;
}

/* Eight bytes at a time: in a large directory this is most of what a name costs us. */
static int
printable(char const *name, size_t len)
{
	for (; len >= sizeof(uint64_t); name += sizeof(uint64_t), len -= sizeof(uint64_t)) {
		uint64_t w;

		memcpy(&w, name, sizeof w);
		if (controls(w)) return 0;
	}
	for (; len; name++, len--)
		if ((unsigned char)*name < 0x20 || *name == 0x7f) return 0;
	return 1;
}

/* FTP_HIDE, unless all was asked for, or a dot with a dot; and for a pattern a
 * dot at the beginning is not just any byte. */
static int
hidden(struct session const *s, char const *name, size_t len)
{
	struct listing const *l = &s->listing;

	if (name[0] == '.' && l->pattern) return l->pattern[0] != '.';
	return !l->options.dots && glob_any(s->policy[FTP_HIDE].text, name, len);
}

static int
shown(struct session *s, char const *name)
{
	struct listing *l = &s->listing;
	size_t len = strlen(name);

	l->len = len;
	if (path_denied(s, name, len) || hidden(s, name, len)) return 0;
	if (l->pattern && !glob_match(l->pattern, strlen(l->pattern), name, len)) return 0;
	return l->form == LISTING_LONG || printable(name, len);
}

/* What is wanted is the type alone, and the directory itself says it. */
static int
type_suffices(struct session const *s, struct stat *st)
{
	struct listing const *l = &s->listing;
	uint64_t links = s->policy[FTP_LINKS].number;
	int names = l->form == LISTING_NAMES;

	if (names && links != LINKS_HIDE) return 1;
	if (l->form == LISTING_LONG || (!names && (s->facts & ~(unsigned int)FACT_TYPE))) return 0;
	if (l->entries.type == DT_UNKNOWN) return 0;
	if (l->entries.type == DT_LNK && links == LINKS_FOLLOW) return 0;
	st->st_mode = (mode_t)DTTOIF(l->entries.type);
	return 1;
}

/*
 * Symbolic links are followed below the root, and one that leads nowhere is
 * none. A status that may be a while old spares network file systems a round
 * trip.
 */
static int
status(struct session *s, char const *name, struct stat *st)
{
	struct listing *l = &s->listing;
	char path[2 * PATH_SPACE];

	st->st_mode = 0;
	if (!type_suffices(s, st)
	    && fstatat(l->dir, name, st, AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC) == -1)
		return 0;
	if (!S_ISLNK(st->st_mode)) return 1;
	switch (s->policy[FTP_LINKS].number) {
	case LINKS_HIDE: return 0;
	case LINKS_SHOW: return 1;
	default: break;
	}
	*append_text(append_text(path, l->base), name) = 0;
	return tree_stat(&s->tree, path, st);
}

/* Special files have no type in RFC 3659. */
static int
typed(struct stat const *st)
{
	return S_ISREG(st->st_mode) || S_ISDIR(st->st_mode) || S_ISLNK(st->st_mode);
}

char const *
entry_next(struct session *s, struct stat *st)
{
	struct listing *l = &s->listing;
	char const *name;

	l->paused = 0;
	while ((name = entries_next(&l->entries))) {
		if (shown(s, name) && status(s, name, st)
		    && (l->form != LISTING_FACTS || typed(st)))
			return name;
		l->paused = l->looks && --l->looks == 0;
		if (l->paused) return NULL;
	}
	return NULL;
}

char const *
entry_directory(struct session *s)
{
	struct listing *l = &s->listing;
	char const *name;
	struct stat st;

	while ((name = entries_next(&l->entries))) {
		if (!shown(s, name)) continue;
		if (l->entries.type == DT_DIR) return name;
		if (l->entries.type == DT_UNKNOWN
		    && fstatat(l->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode))
			return name;
	}
	return NULL;
}

/* Nanoseconds of 272 years around 1970, or the size. */
static int64_t
key(enum options_order order, struct stat const *st)
{
	int64_t const most = INT64_MAX >> 30;
	int64_t seconds = st->st_mtim.tv_sec;

	if (order == ORDER_SIZE) return st->st_size;
	if (seconds > most) seconds = most;
	if (seconds < -most) seconds = -most;
	return seconds * (1 << 30) + st->st_mtim.tv_nsec;
}

void
entry_order(struct session *s)
{
	struct listing *l = &s->listing;
	enum options_order order = l->options.order;
	struct stat st = { .st_mode = 0 };
	unsigned int looks = l->looks;

	if (!l->entries.sorted || (order == ORDER_NAME && !l->options.reverse)) return;
	l->looks = 0;
	while (order != ORDER_NAME && entry_next(s, &st)) entries_key(&l->entries, key(order, &st));
	entries_order(&l->entries, order != ORDER_NAME, l->options.reverse);
	l->looks = looks;
}
