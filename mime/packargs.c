/* Options from a file, one argument a line. */

#include <string.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

/* All of the file, 0-terminated, behind what is there. */
static char *
read_all(struct mime_pack *k, char const *path)
{
	struct mime_source s = { .path = path };
	char *text = k->text_of_args + k->args_used;
	size_t room = sizeof k->text_of_args - k->args_used;
	size_t n = 0;
	ssize_t r;

	mime_pack_claim(k, path);
	if (!mime_source_open(&s, path)) strerr_diefusys(111, "open ", path);
	while ((r = mime_source_read(&s, text + n, room - n)) > 0) n += (size_t)r;
	if (r == -1) strerr_diefusys(111, "read ", path);
	if (n == room) strerr_dief(100, "too many options: ", path);
	if (mime_source_descriptor(path) == -1) close(s.fd);
	if (memchr(text, 0, n)) strerr_dief(100, "options with a NUL: ", path);
	text[n] = 0;
	k->args_used += n + 1;
	return text;
}

int
mime_pack_args(struct mime_pack *k, char const *path)
{
	char *s = read_all(k, path);
	int n = 0;

	k->arg[n++] = PROG;
	while (*s) {
		char *lf = strchr(s, '\n');

		if (n == MIME_PACK_ARGS) strerr_dief(100, "too many options: ", path);
		k->arg[n++] = s;
		if (!lf) break;
		*lf = 0;
		s = lf + 1;
	}
	return n;
}
