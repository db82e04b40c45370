/* Files that are there already with the same bytes. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>

#include "mime/outkeep.h"
#include "mime/sum.h"

/* How a file is opened that may be anything by now. */
#define FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

/* Whether two descriptors, each closed here if it is one, give the same bytes. */
static int
same_bytes(int a, int b)
{
	char one[4096];
	char two[4096];
	struct stat sa;
	struct stat sb;
	size_t n;
	int same = a != -1 && b != -1 && fstat(a, &sa) == 0 && fstat(b, &sb) == 0
	    && S_ISREG(sb.st_mode) && sa.st_size == sb.st_size;

	while (same) {
		n = allread(a, one, sizeof one);
		same = allread(b, two, sizeof two) == n && memcmp(one, two, n) == 0;
		if (n < sizeof one) break;
	}
	if (a != -1) close(a);
	if (b != -1) close(b);
	return same;
}

int
mime_outkeep_there(struct mime_outdir const *o, struct mime_newfile const *f, char const *name)
{
	struct stat ours;
	struct stat st;

	if (fstatat(o->dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1 || !S_ISREG(st.st_mode)) return 0;
	if (fstatat(o->dir, f->temp, &ours, AT_SYMLINK_NOFOLLOW) == -1) return 0;
	if (st.st_size != ours.st_size) return 0;
	return same_bytes(openat(o->dir, f->temp, FLAGS), openat(o->dir, name, FLAGS));
}

/* The bytes of a regular file, of anything else none. */
static void
add_file(struct mime_sum *m, int dir, char const *file)
{
	char s[4096];
	struct stat st;
	int fd = openat(dir, file, FLAGS);
	ssize_t n;

	if (fd == -1) return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		while ((n = fd_read(fd, s, sizeof s)) > 0) mime_sum_add(m, s, (size_t)n);
	close(fd);
}

uint64_t
mime_outkeep_key(struct mime_outdir const *o, char const *name, char const *file)
{
	struct mime_sum m;
	char hex[16 + 1];

	mime_sum_begin(&m);
	mime_sum_add(&m, name, strlen(name) + (file ? 1 : 0));
	if (file) add_file(&m, o->dir, file);
	mime_sum_hex(&m, hex, 16);
	return strtoull(hex, NULL, 16) | 1;
}
