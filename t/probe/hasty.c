/* What abuse costs in seconds costs none: for tests that are not about that. */

#include "smtp/session.h"

extern void __wrap_session_delay(struct session *s, unsigned int seconds);

void
__wrap_session_delay(struct session *s, unsigned int seconds)
{
	(void)s;
	(void)seconds;
}
