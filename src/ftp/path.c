/* Paths: lexical, before the kernel sees them. RFC 959 5.3.2 and appendix II. */

#include <errno.h>
#include <string.h>

#include "ftp/append.h"
#include "ftp/glob.h"
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
	while (n && out[n - 1] != '/') n--;
	return n ? n - 1 : 0;
}

/* One component of len bytes after the n of out: the new length, or 0 if full. */
static size_t
add(char *out, size_t n, char const *name, size_t len)
{
	if (n + len + 2 > PATH_SPACE) return 0;
	out[n] = '/';
	memcpy(out + n + 1, name, len);
	return n + 1 + len;
}

int
path_join(char *out, char const *cwd, char const *arg)
{
	size_t n = arg[0] == '/' || cwd[1] == 0 ? 0 : strlen(cwd);
	size_t len;

	if (!clean(arg)) {
		errno = EILSEQ;
		return 0;
	}
	memmove(out, cwd, n);
	for (; *arg; arg += len + (arg[len] == '/')) {
		len = strcspn(arg, "/");
		if (len == 0 || (len == 1 && arg[0] == '.')) continue;
		if (len == 2 && arg[0] == '.' && arg[1] == '.') {
			n = up(out, n);
			continue;
		}
		n = add(out, n, arg, len);
		if (n) continue;
		errno = ENAMETOOLONG;
		return 0;
	}
	if (n == 0) out[n++] = '/';
	out[n] = 0;
	return 1;
}

int
path_denied(struct session const *s, char const *name, size_t len)
{
	char const *list = s->policy[FTP_DENY].text;

	if (len >= 5 && memcmp(name, ".ftp-", 5) == 0) return 1;
	return list && glob_any(list, name, len);
}

struct reply const *
path_take(struct session *s, char const *arg, struct reply const *denied)
{
	char const *p;

	if (!path_join(s->path, s->cwd, arg)) return &r_bad_name;
	for (p = s->path; p[0] && p[1]; p += strcspn(p, "/")) {
		p++;
		if (path_denied(s, p, strcspn(p, "/"))) return denied;
	}
	return NULL;
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
