/*
 * rcptparam.h - the parameters of RCPT on their way from the talker by the
 * monitor to the program: SMTPNOTIFY_1, SMTPORCPT_1, SMTPRRVS_1 and so on.
 */

#ifndef SMTP_RCPTPARAM_H
#define SMTP_RCPTPARAM_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/stralloc.h>

#include "lib/monitor.h"
#include "smtp/param.h"

enum {
	RCPTPARAM_BYTES = 120000, /* all together, so that exec never sees E2BIG */
	RCPTPARAM_MOST = 10000    /* recipients: SMTP_MAXRCPT goes no further */
};

struct rcptparams {
	size_t len;
	uint32_t end[RCPTPARAM_MOST]; /* by recipient: where its strings end in text */
	char text[RCPTPARAM_BYTES];   /* SMTPNOTIFY=value and so on, each ended by a 0 */
};

/* Talker: add what p has of them to m, without the number. 0 when it does not fit. */
extern int rcptparam_add(struct monitor_message *m, struct param const *p);

/* Monitor: 1 if those in m are what rcptparam_add may have added. */
extern int rcptparam_ok(struct monitor_message const *m);

/*
 * Monitor: keep those of m for recipient i, from 0 and without a gap; what was
 * kept for it and those after it is forgotten. 0 when there is no room.
 */
extern int rcptparam_keep(struct rcptparams *r, unsigned int i, struct monitor_message const *m);

/*
 * Add those of count recipients, first being the first, numbered from 1, to e,
 * each ended by a 0; before them the names of all that were inherited, which
 * takes these away. 0: out of memory.
 */
extern int rcptparam_environment(
    struct rcptparams const *r, unsigned int first, unsigned int count, stralloc *e);

#endif
