/* tls-session: gives a session TLS, at once or when it asks. UCSPI-TLS. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/exec.h>
#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "lib/environment.h"
#include "lib/note.h"
#include "tls/changes.h"
#include "tls/policies.h"
#include "tls/provider.h"
#include "tls/report.h"

#define USAGE "tls-session [ -chin ] program [ argument ... ]"

enum { CLIENT_IN = 6, CLIENT_OUT = 7 }; /* UCSPI */

static void
usage(struct policy_value const *values, char const *why)
{
	buffer_puts(buffer_1, "usage: " USAGE "\nVariables now in force:\n");
	policy_usage(tls_policies, values, buffer_1);
	if (why[0]) strerr_dief(100, why);
	_exit(buffer_flush(buffer_1) ? 0 : 111);
}

/* What can be seen without reading it: the rest is seen when TLS is asked for. */
static int
readable(char const *path, int directory)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int ok;

	if (fd == -1) {
		strerr_warnwu("open ", path, ": ", strerror(errno));
		return 0;
	}
	ok = fstat(fd, &st) == 0
	    && (directory ? S_ISDIR(st.st_mode) : S_ISREG(st.st_mode) && st.st_size > 0);
	close(fd);
	if (!ok)
		strerr_warnw(
		    path, directory ? ": not a directory" : ": not a file with something in it");
	return ok;
}

static int
files_ok(struct policy_value const *v, int client)
{
	static struct {
		int row;
		int directory;
	} const files[] = { { TLS_CERT, 0 }, { TLS_KEY, 0 }, { TLS_DIR, 1 }, { TLS_TICKETS, 0 },
		{ TLS_CLIENT_CA, 0 } };
	size_t i;

	if (!client && !v[TLS_CERT].text && !v[TLS_DIR].text) {
		strerr_warnw("neither TLS_CERT nor TLS_DIR names a certificate");
		return 0;
	}
	for (i = 0; i < sizeof files / sizeof *files; i++) {
		char const *path = v[files[i].row].text;

		if (path && !readable(path, files[i].directory)) return 0;
	}
	return 1;
}

/* The one reply that both FTP and SMTP know for this. */
static _Noreturn void
refuse(int plain, int code)
{
	if (plain) (void)!write(1, "421 Service not available, try later\r\n", 38);
	_exit(code);
}

/* The session finds TLS where the connection was. */
static int
replace(struct provider const *p)
{
	int in = p->client ? CLIENT_IN : 0;

	return dup2(p->plain, in) != -1 && dup2(p->plain, in + 1) != -1 && close(p->plain) == 0;
}

static int
begin(struct provider *p, struct changes *c)
{
	if (!p->client) changes_peer(c);
	if (p->immediate) {
		if (!replace(p)) strerr_diefusys(111, "set up the connection");
		/* tls-io has logged why. */
		if (!report_read(p->control, c)) return 0;
	} else {
		changes_number(c, "SSLREADFD", p->plain);
		changes_number(c, "SSLWRITEFD", p->plain);
	}
	changes_number(c, "SSLCTLFD", p->control);
	changes_add(c, "TLS_SESSION", "1");
	return 1;
}

static void
check(int client)
{
	char const *const argv[] = { "tls-io", "-n", client ? "-c" : NULL, NULL };

	provider_become(argv);
	_exit(111);
}

int
main(int argc, char const *const *argv)
{
	static struct policy_value values[TLS_POLICIES];
	static struct changes changes;
	struct provider p = { .in = 0, .out = 1 };
	subgetopt l = SUBGETOPT_ZERO;
	char why[POLICY_WHY] = "";
	char const *const *envp;
	int good;
	int opt;

	PROG = "tls-session";
	good = policy_read(tls_policies, values, why);
	while ((opt = subgetopt_r(argc, argv, "chin", &l)) != -1) {
		switch (opt) {
		case 'c': p.client = 1; break;
		case 'h': usage(values, why); break;
		case 'i': p.immediate = 1; break;
		case 'n': check(p.client); break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (argc == l.ind) strerr_dieusage(100, USAGE);
	if (!note_guard()) return 111;
	if (!good) {
		strerr_warn(PROG, ": fatal: ", why);
		refuse(!p.immediate && !p.client, 100);
	}
	if (p.client) {
		p.in = CLIENT_IN;
		p.out = CLIENT_OUT;
	}
	if (files_ok(values, p.client)) {
		if (!provider_start(&p)) strerr_diefusys(111, "prepare TLS");
		/* After the split: what waits for TLS holds no page of it. */
		changes_clean(&changes);
		if (!begin(&p, &changes)) return 1;
	} else {
		if (p.immediate || p.client) return 111;
		changes_clean(&changes);
	}
	envp = environment_with(changes.s, changes.n);
	if (envp) exec_ae(argv[l.ind], argv + l.ind, envp);
	strerr_warnwu("run ", argv[l.ind], ": ", strerror(errno));
	refuse(!p.immediate && !p.client, 111);
}
