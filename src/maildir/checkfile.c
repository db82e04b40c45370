/* One file of a maildir: its kind, its name, and whether it is as large as that says. */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/uint64.h>

#include "lib/measure.h"
#include "maildir/check.h"
#include "maildir/checkname.h"
#include "maildir/namepart.h"

enum { BLOCK = 65536 };

/* Without leaving a trace in its atime, if the file is ours. */
static int
open_file(int dir, char const *name)
{
	int const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	int fd = openat(dir, name, flags | O_NOATIME);

	return fd == -1 && errno == EPERM ? openat(dir, name, flags) : fd;
}

/* The size with CRLF at every line end; 0 with errno. */
static int
wire_size(int dir, char const *name, uint64_t *size)
{
	static char block[BLOCK];
	struct measure m = { 0 };
	int fd = open_file(dir, name);
	ssize_t r;

	if (fd == -1) return 0;
	while (r = fd_read(fd, block, sizeof block), r > 0) measure_add(&m, block, (size_t)r);
	close(fd);
	*size = measure_wire(&m);
	return r == 0;
}

static void
differs(struct check *c, char const *name, char const *what, uint64_t is)
{
	char text[64 + UINT64_FMT];
	char *end = stpcpy(stpcpy(text, what), " in its name is not its size, ");

	end[uint64_fmt(end, is)] = 0;
	finding(&c->found, name, text);
}

static void
check_sizes(struct check *c, int dir, char const *name, uint64_t size)
{
	uint64_t said, wire;

	if (namepart_number(name, 'S', &said) && said != size) differs(c, name, "S", size);
	if (!namepart_number(name, 'W', &said)) return;
	if (!wire_size(dir, name, &wire)) {
		/* A reader may have moved it, or given it another flag. */
		if (errno != ENOENT) finding_failed(&c->found, "read", name);
	} else if (said != wire) {
		differs(c, name, "W", wire);
	}
}

static void
check_message(struct check *c, int dir, char const *name, struct stat const *st)
{
	char const *wrong;

	if (name[0] == '.') {
		/* A file that was removed while open, over NFS. */
		if (strncmp(name, ".nfs", 4) != 0)
			finding(&c->found, name, "no reader shows a name with a period in front");
		return;
	}
	wrong = checkname_wrong(name, c->found.sub[0] == 'c');
	if (wrong != NULL) finding(&c->found, name, wrong);
	check_sizes(c, dir, name, (uint64_t)st->st_size);
}

void
check_file(struct check *c, int dir, char const *name)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1) {
		if (errno != ENOENT) finding_failed(&c->found, "stat", name);
	} else if (!S_ISREG(st.st_mode)) {
		finding(&c->found, name, "is not a regular file");
	} else if (c->found.sub[0] != 't') {
		check_message(c, dir, name, &st);
	} else if (sweep_is_old(&c->age, &st)) {
		finding(&c->found, name, "left behind by a delivery 36 hours ago or more");
	}
}
