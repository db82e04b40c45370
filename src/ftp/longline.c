/* "-rw-r--r--   1 ftp      ftp          1234 Jan  2 15:04 name" */

#include "ftp/longline.h"
#include <string.h>

#include "ftp/append.h"
#include "ftp/zone.h"

enum { OWNER = 8 };

static char
letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return 'd';
	case S_IFLNK: return 'l';
	case S_IFIFO: return 'p';
	case S_IFSOCK: return 's';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	default: return '-';
	}
}

static char *
modes(char *p, mode_t mode)
{
	static char const rwx[] = "rwxrwxrwx";
	char *start = p;
	unsigned int i;

	*p++ = letter(mode);
	for (i = 0; i < 9; i++) *p++ = (mode & (0400U >> i)) ? rwx[i] : '-';
	if (mode & S_ISUID) start[3] = mode & S_IXUSR ? 's' : 'S';
	if (mode & S_ISGID) start[6] = mode & S_IXGRP ? 's' : 'S';
	if (mode & S_ISVTX) start[9] = mode & S_IXOTH ? 't' : 'T';
	return p;
}

/* One column: eight bytes at least and a blank. */
static char *
owner(struct longline const *l, char *p, uint64_t id)
{
	char const *column = p;

	p = strcmp(l->owner, LONGLINE_NUMBERS) == 0 ? append_number(p, id, 1, '0')
	                                            : append_text(p, l->owner);
	while (p - column < OWNER) *p++ = ' ';
	*p++ = ' ';
	return p;
}

char *
longline_put(struct longline *l, char *p, struct stat const *st)
{
	int64_t ahead = l->local ? zone_ahead(st->st_mtime) : 0;

	p = modes(p, st->st_mode);
	*p++ = ' ';
	p = append_number(p, st->st_nlink, 3, ' ');
	*p++ = ' ';
	p = owner(l, p, st->st_uid);
	p = owner(l, p, st->st_gid);
	p = append_number(p, (uint64_t)st->st_size, 12, ' ');
	*p++ = ' ';
	p = date_day_list(&l->day, p, st->st_mtime + ahead, l->now + ahead);
	*p++ = ' ';
	return p;
}

char *
longline_name(char *p, char const *name)
{
	for (; *name; name++) *p++ = (unsigned char)*name < 0x20 || *name == 0x7f ? '?' : *name;
	return p;
}
