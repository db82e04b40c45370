/* Sharing or copying the beginning of a file. */

#include <errno.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ftp/clone.h"

int
clone_share(int to, int from, uint64_t n)
{
	if (ioctl(to, FICLONE, from) == -1) return 0;
	return ftruncate(to, (off_t)n) == 0;
}

/* One piece by hand, for filesystems copy_file_range(2) does not do. */
static ssize_t
piece(int to, int from, off_t at, char *space, size_t size)
{
	ssize_t r = pread(from, space, size, at);
	ssize_t done = 0;

	while (done < r) {
		ssize_t w = pwrite(to, space + done, (size_t)(r - done), at + done);

		if (w == -1) return -1;
		done += w;
	}
	return r;
}

int
clone_copy(int to, int from, uint64_t n, char *space, size_t size)
{
	int by_hand = 0;
	uint64_t at = 0;

	while (at < n) {
		off_t in = (off_t)at;
		off_t out = (off_t)at;
		size_t want = n - at < size ? (size_t)(n - at) : size;
		ssize_t r = by_hand ? piece(to, from, in, space, want)
		                    : copy_file_range(from, &in, to, &out, (size_t)(n - at), 0);

		if (r == -1 && !by_hand) {
			by_hand = 1;
			continue;
		}
		if (r <= 0) {
			if (r == 0) errno = EIO;
			return 0;
		}
		at += (uint64_t)r;
	}
	return 1;
}
