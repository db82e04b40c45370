/* mime-unpack: a message on standard input to files, one part, or a listing. */

#include <signal.h>
#include <unistd.h>

#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "mime/batch.h"
#include "mime/unpackoptions.h"

int
main(int argc, char const *const *argv)
{
	static struct mime_unpack u;
	int status;

	PROG = "mime-unpack";
	u.out.fd = 1;
	u.err.fd = 2;
	mime_unpack_options(&u, argc, argv);
	if (u.program.argv && !sig_ignore(SIGPIPE)) strerr_diefusys(111, "ignore SIGPIPE");
	u.tty = !u.dir.replace && isatty(1);
	/* What is written to a terminal itself shows that it goes on. */
	u.progress.off = u.quiet || u.program.argv || isatty(1);
	status = u.batch ? mime_batch(&u) : mime_batch_one(&u, 0);
	mime_progress_end(&u.progress);
	if (!mime_sink_flush(&u.out)) strerr_diefusys(111, "write to standard output");
	return status;
}
