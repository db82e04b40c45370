/* NOOP of smtp-session, wrapped by the linker. */

#include "lib/verb.h"
#include "probe.h"

extern handler __real_smtp_noop;
extern handler __wrap_smtp_noop;

struct reply const *
__wrap_smtp_noop(struct session *s, char *arg)
{
	struct reply const *r = probe_try(arg);

	return r ? r : __real_smtp_noop(s, arg);
}
