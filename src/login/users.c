/* The file of users, line by line. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <skalibs/djbunix.h>
#include <skalibs/skamisc.h>

#include "login/grant.h"
#include "login/users.h"

int
users_open(struct users *f, char const *file)
{
	struct stat st;

	f->fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (f->fd == -1) return 0;
	if (fstat(f->fd, &st) == -1 || !S_ISREG(st.st_mode) || (st.st_mode & 022)) {
		fd_close(f->fd);
		errno = EPERM;
		return 0;
	}
	buffer_init(&f->in, &buffer_read, f->fd, f->space, sizeof f->space);
	f->number = 0;
	return 1;
}

enum users_line
users_next(struct users *f)
{
	int r;

	f->len = 0;
	r = getlnmax(&f->in, f->line, sizeof f->line - 1, &f->len, '\n');
	if (r == -1 && errno == ERANGE) return USERS_LONG;
	/* The last line may lack its end. */
	if (r == -1 && errno != EPIPE) return USERS_ERROR;
	if (f->len == 0) return USERS_END;
	f->number++;
	if (f->line[f->len - 1] == '\n') f->len--;
	f->line[f->len] = 0;
	return f->len == 0 || f->line[0] == '#' ? USERS_OTHER : USERS_ONE;
}

size_t
users_name(char const *line)
{
	return strcspn(line, ":");
}

static int
printable(char const *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f) return 0;
	return 1;
}

char const *
users_wrong_name(char const *name)
{
	if (name[0] == 0 || name[0] == '#') return "a name that is empty or begins with #";
	return strchr(name, ':') || !printable(name) ? "a name with a colon or a control byte"
	                                             : NULL;
}

char const *
users_wrong_home(char const *home)
{
	if (home[0] == 0) return "an empty home";
	return strchr(home, ':') || !printable(home) ? "a home with a colon or a control byte"
	                                             : NULL;
}

/* Cut at the next colon; NULL if there is none. */
static char *
cut(char *s)
{
	char *colon = s ? strchr(s, ':') : NULL;

	if (!colon) return NULL;
	*colon = 0;
	return colon + 1;
}

char const *
users_parse(char *line, struct user *u)
{
	char const *wrong;

	u->name = line;
	u->hash = cut(u->name);
	u->home = cut(u->hash);
	if (!u->home) return "no hash or no home";
	u->policy = cut(u->home);
	if (!u->policy) u->policy = u->home + strlen(u->home);
	wrong = users_wrong_name(u->name);
	if (!wrong) wrong = users_wrong_home(u->home);
	if (wrong) return wrong;
	return grant_ok(u->policy) ? NULL : "a policy that users cannot have";
}
