/* rcptcheck.h - RCPTCHECK: a program says whether a recipient is taken. In the monitor. */

#ifndef SMTP_RCPTCHECK_H
#define SMTP_RCPTCHECK_H

#include "smtp/candidate.h"

enum { RCPTCHECK_SECONDS = 30, RCPTCHECK_KEPT = 32 };

/* What it said in this session, of the last pairs of sender and recipient. */
struct rcptcheck {
	unsigned int next; /* the oldest one, replaced next */
	struct {
		char sender[MAILBOX_MAX];
		char mailbox[CANDIDATE_MAILBOX]; /* "": unused */
		char text[CHILD_LINE];
		enum recipient verdict;
	} kept[RCPTCHECK_KEPT];
};

/*
 * RCPTCHECK's answer. The program is run for RCPTCHECK_SECONDS at most, or
 * ARRIVAL_TIMEOUT if that is less, unless s->checked has its answer; with the
 * talker's end it ends. What means "later" is not kept.
 */
extern policy_answer check_policy;

/* Nothing is remembered: it was said to somebody who had not logged in. */
extern void rcptcheck_forget(struct rcptcheck *k);

#endif
