/* proposal.h - the envelope as a server is asked to take it. */

#ifndef SMTP_PROPOSAL_H
#define SMTP_PROPOSAL_H

#include "smtp/sending.h"

/* 1 if any address is beyond US-ASCII. */
extern int proposal_eight(struct sending const *s);

/* Put MAIL, or RCPT for a, with the parameters that were asked for and are offered. */
extern void proposal_mail(struct sending *s);
extern void proposal_rcpt(struct sending *s, struct addressee const *a);

/* What the server says to it: a refusal of MAIL is all recipients'. 0 if nothing more can be asked. */
extern int proposal_mail_answer(struct sending *s);
extern int proposal_rcpt_answer(struct sending *s, struct addressee *a);

#endif
