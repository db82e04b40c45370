/* mime-unpack: a message on standard input to files, one part, or a listing. */

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "mime/cpuenv.h"
#include "mime/record.h"
#include "mime/unpack.h"

#define USAGE \
	"mime-unpack [ -l | -L | -d dir | -c ] [ -s section ] [ -t type ] [ -n glob ] [ -i cid ] [ -k class ] [ -a ] [ -m ] [ -e lf|crlf|keep ] [ -f ] [ -p mode ] [ -y ] [ -q ] [ -x limit=value ]"

/* A pipe holds no more than this; a file is read in larger pieces. */
#define PIPE_BLOCK 65536
#define FILE_BLOCK 131072

static char input[FILE_BLOCK];
/* Large enough for the deepest nesting that can be asked for. */
static _Alignas(64) char arena[1 << 20];

static void
limit(struct mime_limits *l, struct mime_unpack *u, char const *arg)
{
	char const *value = strchr(arg, '=');
	size_t n = value ? (size_t)(value - arg) : 0;
	unsigned int v = 0;

	if (!value || !uint0_scan(value + 1, &v)) strerr_dieinvalid(100, "limit");
	if (n == 5 && memcmp(arg, "depth", n) == 0 && v >= 1 && v <= 1000)
		l->depth = v;
	else if (n == 5 && memcmp(arg, "parts", n) == 0)
		l->parts = v ? v : UINT32_MAX;
	else if (n == 5 && memcmp(arg, "files", n) == 0)
		u->files = v ? v : UINT64_MAX;
	else if (n == 6 && memcmp(arg, "params", n) == 0 && v >= 1 && v <= 10000)
		l->params = v;
	else
		strerr_dief(100, "invalid limit: ", arg);
}

static void
action(struct mime_unpack *u, enum mime_action a)
{
	static int given;

	if (given++) strerr_dieusage(100, USAGE);
	u->action = a;
}

static enum mime_eol
line_ends(char const *s)
{
	if (strcmp(s, "lf") == 0) return MIME_EOL_LF;
	if (strcmp(s, "crlf") == 0) return MIME_EOL_CRLF;
	if (strcmp(s, "keep") != 0) strerr_dief(100, "invalid line end: ", s);
	return MIME_EOL_KEEP;
}

static void
select_part(struct mime_unpack *u, int opt, char const *arg)
{
	struct mime_pick *k = &u->pick;
	int done = 1;

	k->given = 1;
	switch (opt) {
	case 's': done = mime_pick_add(&k->sections, arg); break;
	case 't': done = mime_pick_add(&k->types, arg); break;
	case 'n': done = mime_pick_add(&k->names, arg); break;
	case 'i': done = mime_pick_add(&k->cids, arg); break;
	case 'k':
		if (!mime_pick_class(k, arg)) strerr_dief(100, "unknown class: ", arg);
		break;
	default: k->all = 1; break;
	}
	if (!done) strerr_dief(100, "too many selections");
}

static void
options(struct mime_unpack *u, struct mime_limits *l, enum mime_eol *eol, int argc,
    char const *const *argv)
{
	subgetopt o = SUBGETOPT_ZERO;
	unsigned int mode = 0600;
	char const *dir = NULL;
	int opt;

	while ((opt = subgetopt_r(argc, argv, "lLd:cs:t:n:i:k:ame:fp:yqx:", &o)) != -1) {
		switch (opt) {
		case 'l': action(u, MIME_LIST); break;
		case 'L': action(u, MIME_RECORDS); break;
		case 'd':
			action(u, MIME_FILES_IN);
			dir = o.arg;
			break;
		case 'c': action(u, MIME_BODIES); break;
		case 's':
		case 't':
		case 'n':
		case 'i':
		case 'k':
		case 'a': select_part(u, opt, o.arg); break;
		case 'm': u->whole = 1; break;
		case 'e': *eol = line_ends(o.arg); break;
		case 'f': u->dir.replace = 1; break;
		case 'p':
			if (!uint_oscan(o.arg, &mode) || mode > 0666)
				strerr_dieinvalid(100, "mode");
			break;
		case 'y': u->dir.sync = 1; break;
		case 'q': u->quiet++; break;
		case 'x': limit(l, u, o.arg); break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (o.ind != argc) strerr_dieusage(100, USAGE);
	u->dir.mode = (mode_t)(mode & 0666);
	if (dir && !mime_outdir_open(&u->dir, dir)) strerr_diefusys(111, "open directory ", dir);
	if (!u->pick.given && dir)
		u->pick.classes =
		    1u << MIME_CLASS_ATTACH | 1u << MIME_CLASS_INLINE | 1u << MIME_CLASS_MSG;
}

/* Feed all of descriptor 0. */
static uint64_t
parse(struct mime_parser *p)
{
	struct stat st;
	uint64_t total = 0;
	size_t block = fstat(0, &st) == 0 && S_ISREG(st.st_mode) ? FILE_BLOCK : PIPE_BLOCK;

	for (;;) {
		ssize_t r = fd_read(0, input, block);

		if (r == -1) strerr_diefusys(111, "read the message");
		if (r == 0) break;
		total += (uint64_t)r;
		if (!mime_parser_feed(p, input, (size_t)r)) return total;
	}
	mime_parser_end(p);
	return total;
}

int
main(int argc, char const *const *argv)
{
	static struct mime_unpack u;
	static struct mime_parser p;
	struct mime_limits limits = { .depth = MIME_DEPTH,
		.parts = MIME_PARTS,
		.params = MIME_PARAMS,
		.header = MIME_HEADER };
	enum mime_eol eol = MIME_EOL_LF;
	uint64_t total;
	int status;

	PROG = "mime-unpack";
	/* Not by initialiser: that would put all of it into the executable. */
	u.files = MIME_FILES;
	u.level = -1;
	u.dir.file = -1;
	options(&u, &limits, &eol, argc, argv);
	u.out.fd = 1;
	if (!mime_parser_init(&p, &limits, arena, sizeof arena, &mime_unpack_event, &u))
		strerr_dief(100, "limits out of range");
	p.eol = eol;
	p.cpu = mime_cpu_env();
	total = parse(&p);
	if (u.error) {
		mime_outdir_discard(&u.dir);
		errno = u.error;
		strerr_diefusys(111, u.failed);
	}
	status = mime_unpack_status(&u);
	if ((u.action == MIME_RECORDS || u.action == MIME_FILES_IN)
	    && !mime_record_end(&u.out, status, total))
		strerr_diefusys(111, "write to standard output");
	if (!mime_sink_flush(&u.out)) strerr_diefusys(111, "write to standard output");
	return status;
}
