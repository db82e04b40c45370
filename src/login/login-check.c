/* login-check: the checkpassword interface over a small file of crypt(3) hashes. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/exec.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "login/grant.h"
#include "login/users.h"
#include "login/verify.h"

#define USAGE "login-check file prog [argument ...]"

enum {
	REJECTED = 1, /* cr.yp.to/checkpwd/interface.html */
	MISUSED = 2,
	TEMPORARY = 111,
	SECRET_FD = 3,
	SECRET = 512
};

/* What a name that is not in a file without names is held against. */
static char const nobody[] =
    "$y$j9T$MW5SnaX39SGng6SZwbc3U0$ltR9jbf2rUnx3/eGNzNAZaARdenCEVgS0odB7NTz8Y3";

/* name\0password\0time stamp\0 of at most 512 bytes. */
static void
read_secret(char *secret, char const **name, char const **password)
{
	size_t n = allread(SECRET_FD, secret, SECRET + 1);
	char const *end;

	fd_close(SECRET_FD);
	end = memchr(secret, 0, n);
	*name = secret;
	*password = end ? end + 1 : secret;
	if (n > SECRET || !end || !memchr(*password, 0, n - (size_t)(*password - secret)))
		strerr_dief(MISUSED, "what descriptor 3 gives is no login");
}

static void
die_of_line(char const *file, unsigned int number, char const *wrong)
{
	char fmt[UINT_FMT];

	fmt[uint_fmt(fmt, number)] = 0;
	strerr_dief(TEMPORARY, file, ": line ", fmt, ": ", wrong);
}

/*
 * The first user called name: 1, or 0. line keeps what u points to. other gets
 * the file's first hash, for those without. The whole file is read either way.
 */
static int
find(char const *file, char const *name, char *line, struct user *u, char *other)
{
	static struct users f;
	struct user one;
	enum users_line kind;
	char const *wrong;
	int found = 0;

	if (!users_open(&f, file)) strerr_diefusys(TEMPORARY, "open ", file);
	while ((kind = users_next(&f)) == USERS_ONE || kind == USERS_OTHER) {
		if (kind == USERS_OTHER) continue;
		if (strlen(f.line) != f.len) die_of_line(file, f.number, "a NUL");
		memcpy(line, f.line, found ? 0 : f.len + 1);
		wrong = users_parse(f.line, &one);
		if (wrong) die_of_line(file, f.number, wrong);
		if (other[0] == 0 && verify_usable(one.hash))
			memcpy(other, one.hash, strlen(one.hash) + 1);
		if (found || strcmp(one.name, name) != 0) continue;
		(void)users_parse(line, u);
		found = 1;
	}
	if (kind == USERS_LONG) die_of_line(file, f.number + 1, "too long");
	if (kind == USERS_ERROR) strerr_diefusys(TEMPORARY, "read ", file);
	fd_close(f.fd);
	return found;
}

static void
become(struct user *u)
{
	if (setenv("USER", u->name, 1) == -1 || setenv("HOME", u->home, 1) == -1
	    || setenv("SHELL", "/bin/sh", 1) == -1 || !grant(u->policy))
		strerr_diefusys(TEMPORARY, "set the environment");
	if (chdir(u->home) == -1) strerr_diefusys(TEMPORARY, "change to ", u->home);
}

int
main(int argc, char const *const *argv)
{
	static char secret[SECRET + 1];
	static char line[USERS_LINE];
	static char other[USERS_LINE];
	struct user u = { .hash = NULL };
	char const *name;
	char const *password;
	int found;
	int usable;
	enum verify right;

	PROG = "login-check";
	if (argc < 3) strerr_dieusage(MISUSED, USAGE);
	read_secret(secret, &name, &password);
	found = find(argv[1], name, line, &u, other);
	/* Neither an unknown name nor a locked account is answered faster. */
	usable = found && verify_usable(u.hash);
	right = verify(password, usable ? u.hash : other[0] ? other : nobody);
	explicit_bzero(secret, sizeof secret);
	if (right == VERIFY_FAILED)
		strerr_dief(
		    TEMPORARY, "the password cannot be hashed: no memory, or a broken hash");
	if (!usable || right != VERIFY_RIGHT) return REJECTED;
	become(&u);
	exec(argv + 2);
	strerr_diefusys(TEMPORARY, "run ", argv[2]);
}
