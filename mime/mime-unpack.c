/* mime-unpack: a message on standard input to files, one part, or a listing. */

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "mime/cpuenv.h"
#include "mime/unpackoptions.h"
#include "mime/warning.h"

/* A pipe holds no more than this; a file is read in larger pieces. */
#define PIPE_BLOCK 65536
#define FILE_BLOCK 131072

static char input[FILE_BLOCK];
/* Large enough for the deepest nesting that can be asked for. */
static _Alignas(64) char arena[1 << 20];

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

static void
prepare(struct mime_unpack *u, struct mime_parser *p)
{
	struct mime_limits limits = { .depth = (unsigned int)u->limits[MIME_X_DEPTH],
		.parts = (unsigned int)u->limits[MIME_X_PARTS],
		.params = (unsigned int)u->limits[MIME_X_PARAMS],
		.header = u->limits[MIME_X_HEADER],
		.field = (size_t)u->limits[MIME_X_FIELD] };

	if (!mime_parser_init(p, &limits, arena, sizeof arena, &mime_unpack_event, u))
		strerr_dief(100, "limits out of range");
	p->eol = u->eol;
	p->epilogues = u->epilogues;
	p->uuencoded = u->uuencoded;
	p->cpu = mime_cpu_env();
}

int
main(int argc, char const *const *argv)
{
	/* Not by initialiser: that would put all of it into the executable. */
	static struct mime_unpack u;
	static struct mime_parser p;
	struct mime_last last = { 0, 0, NULL };

	PROG = "mime-unpack";
	u.level = -1;
	u.now = u.leaves;
	u.leaves[0].saving.file.fd = u.leaves[1].saving.file.fd = -1;
	u.out.fd = 1;
	mime_unpack_options(&u, argc, argv);
	if (u.program.argv && !sig_ignore(SIGPIPE)) strerr_diefusys(111, "ignore SIGPIPE");
	prepare(&u, &p);
	last.bytes = parse(&p);
	if (u.error) {
		mime_savefile_discard(&u);
		errno = u.error;
		strerr_diefusys(111, u.failed);
	}
	mime_warning_rest(&u);
	last.status = mime_unpack_status(&u);
	if ((u.action->last && !u.action->last(&u.out, &u.form, &last)) || !mime_sink_flush(&u.out))
		strerr_diefusys(111, "write to standard output");
	return last.status;
}
