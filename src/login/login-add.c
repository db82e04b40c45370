/* login-add: users into, and out of, the file that login-check reads. */

#include <crypt.h>
#include <string.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>

#include "login/grant.h"
#include "login/password.h"
#include "login/replace.h"
#include "login/trial.h"
#include "login/users.h"

#define USAGE "login-add file name home [KEY=value ...], or login-add -d file name"

/* The interface takes 512 bytes of name, password and time stamp. */
enum { PASSWORD = 256, NAME = 200 };

static void
read_password(char *password)
{
	switch (password_read(password, PASSWORD)) {
	case PASSWORD_OK: return;
	case PASSWORD_DIFFERS: strerr_dief(100, "the passwords differ");
	case PASSWORD_BAD: strerr_dief(100, "a password has from 1 to 255 bytes");
	case PASSWORD_ERROR: strerr_diefusys(111, "read a password");
	}
}

/* Added to line, or the end of the program. */
static void
add(char *line, char const *separator, char const *s)
{
	size_t n = strlen(line);

	if (n + strlen(separator) + strlen(s) + 2 > USERS_LINE)
		strerr_dief(100, "too much for a line");
	memcpy(line + n, separator, strlen(separator) + 1);
	memcpy(line + n + strlen(separator), s, strlen(s) + 1);
}

/* The library's best hash, with a salt from the kernel. Ends the program if there is none. */
static char const *
make_hash(struct crypt_data *data)
{
	char password[PASSWORD];
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];
	char const *hash = NULL;

	read_password(password);
	if (crypt_gensalt_rn(NULL, 0, NULL, 0, setting, sizeof setting))
		hash = crypt_r(password, setting, data);
	explicit_bzero(password, sizeof password);
	if (!hash || hash[0] == '*') strerr_diefusys(111, "hash the password");
	return hash;
}

/* KEY=value,KEY=value of KEY=value... A wrong one would only be found at a login. */
static void
make_policy(char *policy, char const *const *argv)
{
	char const *separator = "";

	for (; *argv; argv++) {
		if (strchr(*argv, ',') || !grant_ok(*argv))
			strerr_dief(100, *argv, ": not a policy of users: ", grant_names);
		add(policy, separator, *argv);
		separator = ",";
	}
	if (!policy[0]) return;
	switch (trial_run(policy)) {
	case TRIAL_FINE: return;
	case TRIAL_REFUSED: strerr_dief(100, "ftp-session does not take ", policy);
	case TRIAL_MISSING:
		strerr_dief(111, "there is no ftp-session, which knows what ", policy, " may be");
	case TRIAL_ERROR: strerr_diefusys(111, "run ftp-session");
	}
}

/* name:hash:home[:KEY=value,...] of name, home, KEY=value... */
static void
make_line(char *line, char const *const *argv)
{
	static struct crypt_data data;
	static char policy[USERS_LINE];

	if (users_wrong_home(argv[1])) strerr_dief(100, users_wrong_home(argv[1]));
	make_policy(policy, argv + 2);
	add(line, "", argv[0]);
	add(line, ":", make_hash(&data));
	add(line, ":", argv[1]);
	if (policy[0]) add(line, ":", policy);
}

static int
finish(enum replace r, char const *file)
{
	switch (r) {
	case REPLACE_DONE: return 0;
	case REPLACE_MISSING: strerr_dief(100, "there is no such user in ", file);
	case REPLACE_BUSY:
		strerr_dief(111, "the directory of ", file, " is locked by another program");
	case REPLACE_BAD: strerr_dief(111, file, " has a line that is too long or holds a NUL");
	case REPLACE_ERROR: strerr_diefusys(111, "change ", file);
	}
	return 111;
}

int
main(int argc, char const *const *argv)
{
	static char line[USERS_LINE];
	subgetopt l = SUBGETOPT_ZERO;
	char const *wrong;
	int drop = 0;
	int opt;

	PROG = "login-add";
	while ((opt = subgetopt_r(argc, argv, "d", &l)) != -1) {
		if (opt != 'd') strerr_dieusage(100, USAGE);
		drop = 1;
	}
	argc -= l.ind;
	argv += l.ind;
	if (drop ? argc != 2 : argc < 3) strerr_dieusage(100, USAGE);
	wrong = users_wrong_name(argv[1]);
	if (!wrong && strlen(argv[1]) > NAME) wrong = "a name of more than 200 bytes";
	if (wrong) strerr_dief(100, wrong);
	if (!drop) make_line(line, argv + 1);
	return finish(replace(argv[0], argv[1], drop ? NULL : line), argv[0]);
}
