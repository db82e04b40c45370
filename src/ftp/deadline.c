/* Deadlines: each wait has one, and so has the session. */

#include "ftp/deadline.h"
#include "ftp/session.h"

void
deadline_start(struct session *s)
{
	uint64_t most = s->policy[FTP_MAXTIME].number;

	s->began = STAMP;
	tain_addsec_g(&s->login_by, (int)s->policy[FTP_LOGIN_TIMEOUT].number);
	if (!most) return;
	tain_addsec_g(&s->ends, (int)most);
	if (tain_less(&s->ends, &s->login_by)) s->login_by = s->ends;
}

void
deadline_in(struct session const *s, uint64_t seconds, tain *deadline)
{
	tain_now_g();
	tain_addsec_g(deadline, (int)seconds);
	if (s->policy[FTP_MAXTIME].number && tain_less(&s->ends, deadline)) *deadline = s->ends;
}

int
deadline_over(struct session const *s)
{
	return s->policy[FTP_MAXTIME].number && !tain_future(&s->ends);
}
