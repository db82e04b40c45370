/* NOOP of ftp-session, wrapped by the linker. */

#include "lib/verb.h"
#include "probe.h"

extern handler __real_ftp_noop;
extern handler __wrap_ftp_noop;

struct reply const *
__wrap_ftp_noop(struct session *s, char *arg)
{
	struct reply const *r = probe_try(arg);

	return r ? r : __real_ftp_noop(s, arg);
}
