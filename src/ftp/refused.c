/* Verbs that are known and refused. */

#include "ftp/handlers.h"
#include "ftp/replies.h"

struct reply const *
ftp_none(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_not_implemented;
}
