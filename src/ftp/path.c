/* Paths: lexical, before the kernel sees them. RFC 959 5.3.2 and appendix II. */

#include <errno.h>
#include <string.h>

#include "ftp/append.h"
#include "ftp/path.h"
#include "ftp/replies.h"
#include "ftp/session.h"

static int
clean(char const *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f) return 0;
	return 1;
}

/* Take the last component of the n bytes of out away. */
static size_t
up(char const *out, size_t n)
{
	while (n && out[--n] != '/') continue;
	return n;
}

int
path_join(char *out, char const *cwd, char const *arg)
{
	size_t n = arg[0] == '/' || cwd[1] == 0 ? 0 : strlen(cwd);

	if (!clean(arg)) {
		errno = EILSEQ;
		return 0;
	}
	memmove(out, cwd, n);
	while (*arg) {
		size_t len = strcspn(arg, "/");

		if (len == 2 && arg[0] == '.' && arg[1] == '.') {
			n = up(out, n);
		} else if (len && (len != 1 || arg[0] != '.')) {
			if (n + len + 2 > PATH_SPACE) {
				errno = ENAMETOOLONG;
				return 0;
			}
			out[n++] = '/';
			memcpy(out + n, arg, len);
			n += len;
		}
		arg += len + (arg[len] == '/');
	}
	if (n == 0) out[n++] = '/';
	out[n] = 0;
	return 1;
}

int
path_name_hidden(char const *name)
{
	return strncmp(name, ".ftp-", 5) == 0;
}

int
path_hidden(char const *path)
{
	return strstr(path, "/.ftp-") != NULL;
}

struct reply const *
path_take(struct session *s, char const *arg, struct reply const *hidden)
{
	if (!path_join(s->path, s->cwd, arg)) return &r_bad_name;
	return path_hidden(s->path) ? hidden : NULL;
}

struct reply const *
path_reply(struct session *s, unsigned int code, char const *before, char const *path,
    char const *after, int quoting)
{
	char *p = append_text(s->text, before);

	for (; *path; path++) {
		if (*path == '\377' || (quoting && *path == '"')) *p++ = *path;
		*p++ = *path;
	}
	p = append_text(p, after);
	*p = 0;
	s->said.code = code;
	s->said.text = s->text;
	return &s->said;
}
