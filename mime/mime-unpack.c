/* mime-unpack: a message on standard input to files, one part, or a listing. */

#include <signal.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "mime/batch.h"
#include "mime/interrupt.h"
#include "mime/unpackoptions.h"

static struct mime_unpack u;

/* A file that is not whole goes, and a program that has not got all is told. */
static void
clean(void)
{
	mime_savefile_drop(&u);
	mime_program_stop(&u);
}

int
main(int argc, char const *const *argv)
{
	int terminal;
	int status;

	PROG = "mime-unpack";
	/* A closed one would be the next file: what is said there must not get into a part. */
	if (!fd_ensure_open(2, 1)) strerr_diefusys(111, "open descriptor 2");
	u.out.fd = 1;
	mime_unpack_options(&u, argc, argv);
	if (u.argv && !sig_ignore(SIGPIPE)) strerr_diefusys(111, "ignore SIGPIPE");
	if (u.action->unfinished && !mime_interrupt(&clean)) strerr_diefusys(111, "catch signals");
	terminal = isatty(1);
	u.tty = terminal && !u.dir.replace;
	/* What is written to a terminal itself shows that it goes on. */
	u.progress.off = u.quiet || u.argv || terminal;
	status = u.batch ? mime_batch(&u) : mime_batch_one(&u, 0);
	mime_progress_end(&u.progress);
	if (!mime_sink_flush(&u.out)) strerr_diefusys(111, "write to standard output");
	return status;
}
