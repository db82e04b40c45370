/* Deadlines: each wait has one, and so has the session. */

#include "ftp/deadline.h"
#include "ftp/session.h"

void
deadline_start(struct session *s)
{
	uint64_t most = s->policy[FTP_MAXTIME].number;
	tain spent;

	tain_uint(&spent, s->spent);
	tain_sub(&s->began, &STAMP, &spent);
	tain_addsec_g(&s->login_by, (int)s->policy[FTP_LOGIN_TIMEOUT].number);
	if (!most) return;
	tain_addsec(&s->ends, &s->began, (int)most);
	if (tain_less(&s->ends, &s->login_by)) s->login_by = s->ends;
}

unsigned int
deadline_spent(struct session const *s)
{
	tain d;

	tain_now_g();
	tain_sub(&d, &STAMP, &s->began);
	return (unsigned int)tain_to_millisecs(&d) / 1000;
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
