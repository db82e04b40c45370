/*
 * mime-floor: what base64 costs at the least, with the library's own kernels: read,
 * convert, write. It knows no boundary, no line too long, no name and no damage.
 *
 * mime-floor decode file   the body of the first part on standard input, to that file
 * mime-floor encode        standard input as lines of base64, to standard output
 */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "mime/b64.h"

enum { BLOCK = 131072 };

static char in[BLOCK];
static char out[2 * BLOCK];

static void
put(int fd, size_t n)
{
	if (write(fd, out, n) != (ssize_t)n) _exit(111);
}

static void
decode(char const *name)
{
	enum mime_cpu cpu = MIME_CPU_UNKNOWN;
	struct mime_b64 d = { .cpu = &cpu };
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	size_t skip = 0;
	ssize_t r = read(0, in, sizeof in);
	char const *body;

	if (fd == -1 || r <= 0) _exit(100);
	/* The headers are in the first 2 KiB, a body is not. */
	while (skip < 2048 && (body = memmem(in + skip, 2048 - skip, "\n\n", 2)))
		skip = (size_t)(body + 2 - in);
	for (; r > 0; r = read(0, in, sizeof in), skip = 0)
		put(fd, mime_b64_decode(&d, in + skip, (size_t)r - skip, out));
	put(fd, mime_b64_finish(&d, out));
}

static void
encode(void)
{
	enum mime_cpu cpu = MIME_CPU_UNKNOWN;
	struct mime_b64_enc e = { .cpu = &cpu };
	ssize_t r;

	while ((r = read(0, in, sizeof in)) > 0) put(1, mime_b64_encode(&e, in, (size_t)r, out));
	put(1, mime_b64_encode_end(&e, out));
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "decode") == 0)
		decode(argv[2]);
	else if (argc == 2 && strcmp(argv[1], "encode") == 0)
		encode();
	else
		return 100;
	return 0;
}
