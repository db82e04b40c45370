/* trouble.h - why a step failed, and how the world hears of it. */

#ifndef MAILDIR_TROUBLE_H
#define MAILDIR_TROUBLE_H

struct verdict;

/* What went wrong. The strings are constants or operands, never owned. */
struct trouble {
	struct verdict const *verdict;
	char const *doing; /* "sync", as in "unable to sync" */
	char const *where; /* the maildir, or "the message" */
	int err;           /* errno of the step, 0 if no system call failed */
};

/*
 * Record a failed system call, errno being why. A full disk (ENOSPC, EFBIG)
 * or an exhausted quota (EDQUOT) overrides the verdict, whatever the step was.
 * Always returns 0, so that a step may end in return trouble_sys(...).
 */
extern int trouble_sys(
    struct trouble *t, struct verdict const *verdict, char const *doing, char const *where);

/*
 * Record a failed system call on a maildir or on the way to it: 4.2.1 where errno says
 * that there is none to be used, else 4.3.0 or what trouble_sys makes of it.
 */
extern int trouble_box(struct trouble *t, char const *doing, char const *where);

/* Record a refusal that no system call caused. Always returns 0. */
extern int trouble_say(
    struct trouble *t, struct verdict const *verdict, char const *doing, char const *where);

/*
 * Tell: one line on descriptor 1 with status and text only, for the sender, then one
 * on descriptor 2 with all of it: a mailer that reads both in one, as Postfix does,
 * looks for the status where its text begins. A failure to write is ignored.
 */
extern void trouble_tell(struct trouble const *t);

#endif
